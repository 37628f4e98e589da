// FarqReport
