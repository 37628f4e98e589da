// Made by Tests/FarqArabicTextTests/Fixtures/make_tables.py; do not edit.

/// Numeric character references with a meaning of their own.
enum HTMLNumericTable {
  /// Windows-1252 and others, `number=scalar`.
  static let replacements =
    """
    0=fffd d=d 80=20ac 81=81 82=201a 83=192 84=201e 85=2026 86=2020 87=2021 88=2c6 89=2030 8a=160 8b=2039 8c=152
    8d=8d 8e=17d 8f=8f 90=90 91=2018 92=2019 93=201c 94=201d 95=2022 96=2013 97=2014 98=2dc 99=2122 9a=161 9b=203a
    9c=153 9d=9d 9e=17e 9f=178
    """

  /// Numbers that stand for nothing, hexadecimal ranges.
  static let dropped =
    """
    1-8 b e-1f 7f-9f fdd0-fdef fffe-ffff 1fffe-1ffff 2fffe-2ffff 3fffe-3ffff 4fffe-4ffff 5fffe-5ffff 6fffe-6ffff
    7fffe-7ffff 8fffe-8ffff 9fffe-9ffff afffe-affff bfffe-bffff cfffe-cffff dfffe-dffff efffe-effff ffffe-fffff
    10fffe-10ffff
    """
}
