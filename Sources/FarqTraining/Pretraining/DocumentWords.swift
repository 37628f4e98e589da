import FarqTorch
import Foundation

/// How much each document says of each word: rows of TF-IDF of length 1, (1 + ln tf) · (ln((1 + n) / (1 + df)) + 1),
/// kept sparse.
struct DocumentWords {
  private let vocabulary: Int
  private var ids: [Int32] = []
  private var weights: [Float] = []
  /// Where each document's words end.
  private var ends: [Int] = []

  init(_ corpus: TokenCorpus, vocabulary: Int) {
    self.vocabulary = vocabulary
    var frequencies = [Int](repeating: 0, count: vocabulary)
    var start = 0
    for end in corpus.ends {
      var previous: Int32 = -1
      for id in corpus.ids[start..<end].sorted() {
        if id == previous {
          weights[weights.count - 1] += 1
        } else {
          ids.append(id)
          weights.append(1)
          frequencies[Int(id)] += 1
          previous = id
        }
      }
      ends.append(ids.count)
      start = end
    }
    weigh(frequencies)
  }

  private mutating func weigh(_ frequencies: [Int]) {
    let rarity = frequencies.map { Float(log(Double(1 + ends.count) / Double(1 + $0)) + 1) }
    var start = 0
    for end in ends {
      var squares = Float(0)
      for place in start..<end {
        weights[place] = Float(1 + log(Double(weights[place]))) * rarity[Int(ids[place])]
        squares += weights[place] * weights[place]
      }
      for place in start..<end { weights[place] /= squares.squareRoot() }
      start = end
    }
  }

  /// The documents' places on `directions` [K, V]: [documents, K]
  func projections(on directions: OrthonormalRows) throws -> [Float] {
    let (count, columns) = (directions.count, try directions.transposed())
    return [Float](unsafeUninitializedCapacity: ends.count * count) { places, initialized in
      places.initialize(repeating: 0)
      columns.withUnsafeBufferPointer { columns in
        forEachWord { document, id, weight in
          for direction in 0..<count {
            places[document * count + direction] += weight * columns[id * count + direction]
          }
        }
      }
      initialized = ends.count * count
    }
  }

  /// XᵀX of this matrix X [documents, V] with `directions` [K, V]: [K, V], the power iteration's step
  func product(with directions: OrthonormalRows) throws -> (values: [Float], count: Int, width: Int) {
    let (count, places) = (directions.count, try projections(on: directions))
    var sums = [Float](repeating: 0, count: vocabulary * count)  // [V, K]
    sums.withUnsafeMutableBufferPointer { sums in
      places.withUnsafeBufferPointer { places in
        forEachWord { document, id, weight in
          for direction in 0..<count {
            sums[id * count + direction] += weight * places[document * count + direction]
          }
        }
      }
    }
    return (try Tensor(sums, shape: [vocabulary, count]).transposed(0, 1).floats(), count, vocabulary)
  }

  private func forEachWord(_ body: (_ document: Int, _ id: Int, _ weight: Float) -> Void) {
    var start = 0
    for (document, end) in ends.enumerated() {
      for place in start..<end { body(document, Int(ids[place]), weights[place]) }
      start = end
    }
  }
}
