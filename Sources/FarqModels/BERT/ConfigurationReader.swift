import FarqCore
import Foundation

/// Reads the members of a `config.json`, with one clear error for each that cannot be used.
struct ConfigurationReader {
  let object: [String: JSONValue]
  let path: String

  /// Refuses what would silently give other numbers than the checkpoint's.
  func checkSupported() throws {
    if let type = object["model_type"]?.string, type != "bert", type != "farq-bert" {
      throw FarqError(.badData, "\(path): model_type '\(type)' is not supported: Farq reads BERT checkpoints")
    }
    if let type = object["position_embedding_type"]?.string, type != "absolute" {
      throw FarqError(.badData, "\(path): position_embedding_type '\(type)' is not supported: only absolute is")
    }
  }

  /// A size, up to what any BERT could have: what is beyond is a damaged or hostile file.
  func size(_ key: String, default fallback: Int? = nil, atMost limit: Int = 1 << 24) throws -> Int {
    guard let value = object[key] else {
      guard let fallback else { throw FarqError(.badData, "\(path) lacks \(key): it is no BERT's config.json") }
      return fallback
    }
    guard let number = value.integer, number > 0 else {
      throw FarqError(.badData, "\(path): \(key) is no positive whole number")
    }
    guard number <= limit else {
      throw FarqError(.badData, "\(path): \(key) is \(number); Farq takes up to \(limit): get the checkpoint again")
    }
    return number
  }

  func number(_ key: String, default fallback: Double) throws -> Double {
    guard let value = object[key] else { return fallback }
    guard let number = value.number, number.isFinite, number > 0 else {
      throw FarqError(.badData, "\(path): \(key) is no positive number")
    }
    return number
  }

  func probability(_ key: String, default fallback: Double) throws -> Double {
    guard let value = object[key] else { return fallback }
    guard let number = value.number, (0..<1).contains(number) else {
      throw FarqError(.badData, "\(path): \(key) is no probability below 1")
    }
    return number
  }

  func activation() throws -> BERTConfiguration.Activation {
    let word = object["hidden_act"]?.string ?? "gelu"
    guard let activation = BERTConfiguration.Activation(rawValue: word) else {
      throw FarqError(.badData, "\(path): hidden_act '\(word)' is not supported: Farq has gelu, gelu_new and relu")
    }
    return activation
  }

  func farq() throws -> FarqConfiguration? {
    guard let value = object["farq"], value != .null else { return nil }
    do {
      let farq = try JSONDecoder().decode(FarqConfiguration.self, from: JSONEncoder().encode(value))
      guard farq.format == 1 else {
        throw FarqError(.badData, "\(path): farq format \(farq.format) is newer than this Farq: update Farq")
      }
      return farq
    } catch let error as FarqError {
      throw error
    } catch {
      throw FarqError(.badData, "\(path): the object 'farq' is not valid: save the checkpoint again")
    }
  }
}
