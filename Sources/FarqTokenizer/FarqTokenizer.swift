// FarqTokenizer
