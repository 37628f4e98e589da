// FarqLinear
