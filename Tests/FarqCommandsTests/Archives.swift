import Foundation

/// Archives made to do harm, written by Python's own modules.
enum Archives {
  /// Runs a Python script with the folder as its argument; false where there is no Python.
  static func make(_ script: String, in folder: URL) throws -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, folder.path]
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  /// A zip of 600,000 empty members, its records repeated rather than compressed one by one.
  static let manyMembers = """
    import struct, sys
    count = 600000
    with open(sys.argv[1] + "/many.zip", "wb") as file:
        places = []
        for index in range(count):
            name = b"a/%d.txt" % index
            places.append((file.tell(), name))
            file.write(struct.pack("<IHHHHHIIIHH", 0x04034b50, 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0) + name)
        start = file.tell()
        for place, name in places:
            file.write(struct.pack("<IHHHHHHIIIHHHHHII", 0x02014b50, 20, 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0, 0,
                                   0, 0, 0, place) + name)
        size = file.tell() - start
        end = file.tell()
        file.write(struct.pack("<IQHHIIQQQQ", 0x06064b50, 44, 45, 45, 0, 0, count, count, size, start))
        file.write(struct.pack("<IIQI", 0x07064b50, 0, end, 1))
        file.write(struct.pack("<IHHHHIIH", 0x06054b50, 0, 0, 0xffff, 0xffff, 0xffffffff, 0xffffffff, 0))
    """
}
