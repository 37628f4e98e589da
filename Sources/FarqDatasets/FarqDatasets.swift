// FarqDatasets
