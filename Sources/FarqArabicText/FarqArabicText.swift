// FarqArabicText
