import FarqTorch
import Testing

@Suite struct TensorTests {
  @Test func adds() throws {
    let a = try Tensor([1, 2] as [Float], shape: [2])
    #expect(try (a + a).floats() == [2, 4])
  }
}
