import CLinear
import FarqCore
import Foundation

/// A linear support vector machine, one class against the rest, as scikit-learn's `LinearSVC`: LIBLINEAR's
/// `L2R_L2LOSS_SVC_DUAL` (Fan et al. 2008; Hsieh et al. 2008), the bias as a regularised feature of value 1
/// (`intercept_scaling`). LIBLINEAR stops after 1000 rounds by itself.
public struct LinearSVM: Sendable {
  /// What training can be told; the defaults are `LinearSVC`'s.
  public struct Options: Sendable, Equatable {
    /// The cost of errors, C.
    public var cost: Double
    /// Where training stops (`tol`).
    public var tolerance: Double
    /// The seed of the order in which documents are visited.
    public var seed: UInt32

    /// Makes options.
    public init(cost: Double = 1, tolerance: Double = 1e-4, seed: UInt32 = 0) {
      self.cost = cost
      self.tolerance = tolerance
      self.seed = seed
    }
  }

  /// How many classes there are, those never seen included.
  public let classCount: Int
  /// The classes seen in training, in the order of the weights.
  private let classes: [Int]
  /// [columns + 1 × machines], the last row the bias; one machine for two classes, else one a class.
  private let weights: [Double]
  private let columnCount: Int

  /// LIBLINEAR draws from C's one `rand()`, so trainings in a process wait for each other.
  private static let lock = NSLock()

  /// Trains on `matrix` [rows × columns] and a label of `0..<classCount` a row.
  ///
  /// - Throws: ``FarqError`` `badData` for labels that do not fit or fewer than two classes, `usage` for options.
  public static func train(
    _ matrix: SparseMatrix, labels: [Int], classCount: Int, options: Options = Options()
  ) throws -> LinearSVM {
    guard labels.count == matrix.rowCount, labels.allSatisfy({ (0..<classCount).contains($0) }) else {
      throw FarqError(.badData, "labels do not fit \(matrix.rowCount) texts of \(classCount) classes; check the labels")
    }
    guard Set(labels).count >= 2 else {
      throw FarqError(.badData, "a linear baseline needs texts of at least two classes; add texts of another class")
    }
    guard options.cost > 0, options.cost.isFinite, options.tolerance > 0, options.tolerance.isFinite else {
      throw FarqError(.usage, "cost and tolerance of the linear baseline are positive numbers; change them")
    }
    return lock.withLock { trainLocked(matrix, labels, classCount, options) }
  }

  private static func trainLocked(
    _ matrix: SparseMatrix, _ labels: [Int], _ classCount: Int, _ options: Options
  ) -> LinearSVM {
    let rows = matrix.rowCount
    let nodes = UnsafeMutablePointer<feature_node>.allocate(capacity: matrix.columns.count + 2 * rows)
    let starts = UnsafeMutablePointer<UnsafeMutablePointer<feature_node>?>.allocate(capacity: rows)
    let targets = UnsafeMutablePointer<Double>.allocate(capacity: rows)
    defer {
      nodes.deallocate()
      starts.deallocate()
      targets.deallocate()
    }
    fill(nodes, starts, matrix)
    for row in 0..<rows { targets[row] = Double(labels[row]) }
    var problem = problem(
      l: Int32(rows), n: Int32(matrix.columnCount + 1), y: targets, x: starts, bias: 1)
    var parameter = parameter()
    parameter.solver_type = Int32(L2R_L2LOSS_SVC_DUAL)
    parameter.C = options.cost
    parameter.eps = options.tolerance
    parameter.p = 0.1
    set_print_string_function { _ in }
    srand(options.seed)
    var model = CLinear.train(&problem, &parameter)
    defer { free_and_destroy_model(&model) }
    return LinearSVM(model, classCount: classCount, columnCount: matrix.columnCount)
  }

  /// LIBLINEAR counts columns from 1; each row ends with the bias and then -1.
  private static func fill(
    _ nodes: UnsafeMutablePointer<feature_node>,
    _ starts: UnsafeMutablePointer<UnsafeMutablePointer<feature_node>?>, _ matrix: SparseMatrix
  ) {
    var next = nodes
    func add(_ index: Int32, _ value: Double) {
      next.initialize(to: feature_node(index: index, value: value))
      next += 1
    }
    for row in 0..<matrix.rowCount {
      starts[row] = next
      for entry in matrix.rowStarts[row]..<matrix.rowStarts[row + 1] {
        add(matrix.columns[entry] + 1, matrix.values[entry])
      }
      add(Int32(matrix.columnCount + 1), 1)
      add(-1, 0)
    }
  }

  private init(_ model: UnsafeMutablePointer<model>?, classCount: Int, columnCount: Int) {
    let content = model?.pointee
    classes = UnsafeBufferPointer(start: content?.label, count: Int(content?.nr_class ?? 0)).map { Int($0) }
    let machines = classes.count == 2 ? 1 : classes.count
    weights = Array(UnsafeBufferPointer(start: content?.w, count: (columnCount + 1) * machines))
    self.classCount = classCount
    self.columnCount = columnCount
  }

  /// Decision values, flat [rows × ``classCount``]. With two classes seen they are -d and d; a class never seen in
  /// training has -infinity, so that it is never predicted.
  public func scores(_ matrix: SparseMatrix) -> [Float] {
    let machines = classes.count == 2 ? 1 : classes.count
    var scores = [Float](repeating: -.infinity, count: matrix.rowCount * classCount)
    for row in 0..<matrix.rowCount {
      var sums = Array(weights[(columnCount * machines)...])
      for entry in matrix.rowStarts[row]..<matrix.rowStarts[row + 1] {
        let base = Int(matrix.columns[entry]) * machines
        for machine in 0..<machines { sums[machine] += matrix.values[entry] * weights[base + machine] }
      }
      if machines == 1 { sums.append(-sums[0]) }
      for (index, label) in classes.enumerated() { scores[row * classCount + label] = Float(sums[index]) }
    }
    return scores
  }
}
