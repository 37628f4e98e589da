import FarqCore
import FarqTesting
import Foundation
import Testing

/// `farq serve` as its callers see it.
@Suite struct ServeCommandTests {
  private static let texts = [
    "فاز الفريق بالمباراة", "ارتفعت أسعار النفط في الأسواق العالمية", "قال الوزير إن البرلمان يناقش القانون",
  ]

  private func quoted(_ text: String) -> String { "\"\(text)\"" }

  /// A server with one model called `small`.
  private func server(
    _ arguments: [String] = [], in folder: TemporaryFolder, environment: [String: String] = [:]
  ) async throws -> ServerProcess {
    let model = folder.file("small")
    if !FileManager.default.fileExists(atPath: model.path) { try ServerProcess.train(into: model) }
    return try await ServerProcess(["--model", model.path] + arguments, in: folder.url, environment: environment)
  }

  /// The answers are those of `farq classify`.
  @Test func classifiesLikeTheCommand() async throws {
    let folder = try TemporaryFolder()
    let server = try await server(in: folder)
    let command = try FarqProcess(
      ["classify", "--model", folder.file("small").path, "--format", "jsonl", "--threads", "1"]
        + Self.texts.flatMap { ["--text", $0] })
    let expected = try command.output.split(separator: "\n").map {
      try JSONDecoder().decode([String: JSONValue].self, from: Data($0.utf8))
    }
    let answer = try await server.ask(
      "POST", "/v1/classify", "{\"texts\": [\(Self.texts.map(quoted).joined(separator: ","))]}")
    #expect(answer.status == 200 && answer.headers["content-type"] == "application/json")
    let object = try #require(try answer.json().object)
    let results = try #require(object["results"]?.array)
    #expect(object["model"] == .string("small") && results.count == 3 && expected.count == 3)
    for (result, expected) in zip(results, expected) {
      #expect(result.object?["label"] == expected["label"] && result.object?["truncated"] == .bool(false))
      let probabilities = try #require(result.object?["probabilities"]?.object)
      let others = try #require(expected["probabilities"]?.object)
      #expect(probabilities.count == 7 && Set(probabilities.keys) == Set(others.keys))
      for (label, value) in probabilities {
        #expect(abs(try #require(value.number) - (try #require(others[label]?.number))) < 1e-5)
      }
    }
  }

  /// `POST /predict` as text-embeddings-inference answers.
  @Test func predicts() async throws {
    let folder = try TemporaryFolder()
    let server = try await server(in: folder)
    let text = quoted(Self.texts[0])
    let single = try #require(try await server.ask("POST", "/predict", "{\"inputs\": \(text)}").json().array)
    let scores = single.compactMap { $0.object?["score"]?.number }
    #expect(scores.count == 7 && scores == scores.sorted(by: >) && abs(scores.reduce(0, +) - 1) < 1e-6)
    #expect(Set(single.compactMap { $0.object?["label"]?.string }).count == 7)

    let batch = try await server.ask("POST", "/predict", "{\"inputs\": [[\(text)], [\(quoted(Self.texts[1]))]]}").json()
    let lists = try #require(batch.array)
    #expect(lists.count == 2 && lists[0].array?.first?.object?["label"] == single[0].object?["label"])

    let raw = try #require(
      try await server.ask("POST", "/predict", "{\"inputs\": \(text), \"raw_scores\": true}").json().array)
    let powers = raw.compactMap { $0.object?["score"]?.number }.map { exp($0) }
    let sum = powers.reduce(0, +)
    #expect(powers.count == 7)
    for (power, score) in zip(powers, scores) { #expect(abs(power / sum - score) < 1e-6) }

    let pair = try await server.ask("POST", "/predict", "{\"inputs\": [\(text), \(text)]}")
    #expect(try pair.status == 422 && (pair.error().kind) == "Validation")
    #expect(try pair.error().message.contains("pair of texts"))
    let inner = try await server.ask("POST", "/predict", "{\"inputs\": [[\(text), \(text)]]}")
    #expect(try inner.status == 422 && (inner.error().message).contains("inputs[0]"))
    let empty = try await server.ask("POST", "/predict", "{\"inputs\": []}")
    #expect(try empty.status == 422 && (empty.error().kind) == "Empty")
  }

  /// A text that is too long is cut at the end that was asked for, or refused.
  @Test func truncates() async throws {
    let folder = try TemporaryFolder()
    let server = try await server(["--max-length", "8"], in: folder)
    let long = quoted(Self.texts.joined(separator: " "))
    let cut = try await server.ask("POST", "/v1/classify", "{\"texts\": [\(long)]}").json()
    #expect(cut.object?["results"]?.array?.first?.object?["truncated"] == .bool(true))
    let refused = try await server.ask("POST", "/v1/classify", "{\"texts\": [\(long)], \"truncate\": false}")
    #expect(try refused.status == 422 && (refused.error().message).contains("at most 8 tokens a text. Given: "))
    let right = try await server.ask("POST", "/predict", "{\"inputs\": \(long)}")
    let left = try await server.ask("POST", "/predict", "{\"inputs\": \(long), \"truncation_direction\": \"Left\"}")
    #expect(right.status == 200 && left.status == 200 && right.body != left.body)
  }

  /// What is wrong is named with its place, and the status is the one of the description.
  @Test func refuses() async throws {
    let folder = try TemporaryFolder()
    let server = try await server(["--max-texts", "2", "--max-body", "1000"], in: folder)
    let cases: [(method: String, path: String, body: String?, status: Int, says: String)] = [
      ("POST", "/v1/classify", "{", 400, "no JSON object"), ("POST", "/v1/classify", "[]", 400, "no JSON object"),
      ("POST", "/v1/classify", "{}", 422, "'texts' must be a list"),
      ("POST", "/v1/classify", "{\"texts\": \"a\"}", 422, "'texts' must be a list"),
      ("POST", "/v1/classify", "{\"texts\": [\"a\", 1]}", 422, "texts[1]"),
      ("POST", "/v1/classify", "{\"texts\": []}", 422, "cannot be empty"),
      ("POST", "/v1/classify", "{\"texts\": [\"a\", \"b\", \"c\"]}", 422, "takes 2 at once"),
      ("POST", "/v1/classify", "{\"texts\": [\"a\"], \"modell\": \"x\"}", 422, "'modell' is unknown"),
      ("POST", "/v1/classify", "{\"texts\": [\"a\"], \"model\": \"x\"}", 404, "use one of small"),
      ("POST", "/v1/classify", "{\"texts\": [\"a\"], \"truncate\": 1}", 422, "'truncate' must be true or false"),
      (
        "POST", "/v1/classify", "{\"texts\": [\"\(String(repeating: "a", count: 1000))\"]}", 413,
        "larger than 1000 bytes"
      ),
      ("POST", "/v1/explain", "{\"text\": \"فاز\", \"layer\": 9}", 422, "layers 0 to 1"),
      ("POST", "/v1/explain", "{\"text\": \"فاز\", \"label\": \"x\"}", 422, "label 'x' is unknown"),
      ("GET", "/v1/classify", nil, 405, "takes POST"), ("DELETE", "/info", nil, 405, "takes GET"),
      ("GET", "/nothing", nil, 404, "/openapi.json"),
    ]
    for entry in cases {
      let answer = try await server.ask(entry.method, entry.path, entry.body)
      #expect(answer.status == entry.status, "\(entry)")
      #expect(try answer.error().message.contains(entry.says), "\(entry): \(answer.body)")
      #expect(answer.headers["x-request-id"]?.isEmpty == false)
    }
    let form = try await server.ask("POST", "/v1/classify", "texts=a", headers: ["Content-Type": "text/plain"])
    #expect(form.status == 415 && form.headers["content-type"] == "application/json")
    #expect(try await server.ask("GET", "/v1/classify").headers["allow"] == "POST")
  }

  /// The key, and what needs none.
  @Test func key() async throws {
    let folder = try TemporaryFolder()
    let server = try await server(in: folder, environment: ["FARQ_API_KEY": "secret"])
    let body = "{\"texts\": [\"فاز\"]}"
    for header in [[:], ["Authorization": "Bearer wrong"]] {
      let answer = try await server.ask("POST", "/v1/classify", body, headers: header)
      #expect(answer.status == 401 && answer.headers["www-authenticate"] == "Bearer")
    }
    #expect(
      try await server.ask("POST", "/v1/classify", body, headers: ["Authorization": "Bearer secret"]).status == 200)
    for path in ["/info", "/metrics"] { #expect(try await server.ask("GET", path).status == 401) }
    for path in ["/", "/healthz", "/readyz", "/openapi.json"] {
      #expect(try await server.ask("GET", path).status == 200)
    }
  }

  /// A request's identifier is kept, its text is not logged, and its count appears.
  @Test func logsAndCounts() async throws {
    let folder = try TemporaryFolder()
    let server = try await server(in: folder)
    let answer = try await server.ask(
      "POST", "/v1/classify", "{\"texts\": [\"سرالمهنة\"]}", headers: ["X-Request-Id": "trace-7"])
    #expect(answer.headers["x-request-id"] == "trace-7")
    let foreign = try await server.ask("GET", "/healthz", headers: ["X-Request-Id": "two words"])
    #expect(foreign.headers["x-request-id"]?.contains(" ") == false)
    _ = try await server.ask("GET", "/one-of-endlessly-many")
    let line = try #require(server.logged.split(separator: "\n").first { $0.contains("trace-7") })
    let entry = try JSONDecoder().decode([String: JSONValue].self, from: Data(line.utf8))
    #expect(
      entry["status"] == .integer(200) && entry["texts"] == .integer(1) && entry["path"] == .string("/v1/classify"))
    #expect(!server.logged.contains("سرالمهنة"))
    let counts = try await server.ask("GET", "/metrics").body
    #expect(counts.contains("farq_requests_total{path=\"/v1/classify\",method=\"POST\",status=\"200\"} 1\n"))
    #expect(counts.contains("farq_requests_total{path=\"other\",method=\"any\",status=\"404\"} 1\n"))
    #expect(counts.contains("farq_request_duration_seconds_bucket{path=\"/v1/classify\",le=\"+Inf\"} 1\n"))
    #expect(counts.contains("farq_queue_texts{model=\"small\"} 0\n") && !counts.contains("endlessly"))
  }

  /// Two models, each asked by name; the page, its rules and the description.
  @Test func modelsAndPage() async throws {
    let folder = try TemporaryFolder()
    let hybrid = folder.file("hybrid")
    try ServerProcess.train(into: hybrid, attention: ["--attention", "diff", "--ratio", "0.5"])
    let server = try await server(["--model", "other=\(hybrid.path)"], in: folder)
    let info = try #require(try await server.ask("GET", "/info").json().object)
    #expect(info["model_id"] == .string("small") && info["max_client_batch_size"] == .integer(32))
    let models = try #require(info["models"]?.array)
    #expect(models.map { $0.object?["name"] } == [.string("small"), .string("other")])
    #expect(models[1].object?["attention"]?.object?["layers"] == .array([.integer(1)]))
    let answer = try await server.ask("POST", "/v1/classify", "{\"texts\": [\"فاز\"], \"model\": \"other\"}")
    #expect(try answer.json().object?["model"] == .string("other"))
    let explanation = try await server.ask(
      "POST", "/v1/explain", "{\"text\": \"فاز الفريق\", \"model\": \"other\", \"layer\": 1}")
    #expect(try explanation.json().object?["head"]?.object?["second"]?.array?.isEmpty == false)

    let page = try await server.ask("GET", "/")
    let policy = try #require(page.headers["content-security-policy"])
    #expect(page.status == 200 && policy.contains("default-src 'none'") && !policy.contains("unsafe"))
    #expect(page.headers["x-content-type-options"] == "nosniff")
    for path in ["/page.js", "/page.css"] {
      let file = try await server.ask("GET", path)
      #expect(file.status == 200 && file.body.utf8.count > 1000 && page.body.contains("\"\(path)\""))
    }
    #expect(!page.body.contains("<style") && !page.body.contains("onclick") && !page.body.contains("http://localhost"))
    #expect(try await server.ask("GET", "/examples.json").json().array?.count == 7)
    let described = try #require(try await server.ask("GET", "/openapi.json").json().object?["paths"]?.object)
    for path in ["/v1/classify", "/v1/explain", "/predict", "/info", "/metrics", "/healthz", "/readyz"] {
      #expect(described[path] != nil, "\(path)")
    }
    #expect(try await server.ask("HEAD", "/healthz").body.isEmpty)
  }

  /// Half a request, a reset, a body that comes drop by drop and one without end: each is ended, and others are answered.
  @Test func abuse() async throws {
    let folder = try TemporaryFolder()
    let server = try await server(["--timeout", "2", "--max-body", "10000"], in: folder)
    let head = "POST /v1/classify HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    let half = try Socket(port: server.port)
    half.send(head + "Content-Length: 100\r\n\r\n{\"texts\": [")
    let reset = try Socket(port: server.port)
    reset.send(head + "Content-Length: 100\r\n\r\n{")
    reset.reset()
    let start = ContinuousClock.now
    #expect(try await server.ask("POST", "/v1/classify", "{\"texts\": [\"فاز\"]}").status == 200)
    #expect(half.readAll().isEmpty)  // closed without an answer
    #expect(ContinuousClock.now - start < .seconds(10))

    let endless = try Socket(port: server.port)
    endless.send(head + "Transfer-Encoding: chunked\r\n\r\n")
    let piece = "1000\r\n" + String(repeating: "a", count: 4096) + "\r\n"
    let patience = ContinuousClock.now + .seconds(15)
    while ContinuousClock.now < patience, endless.send(piece) {}
    #expect(ContinuousClock.now < patience)  // it was cut off
    let answer = try? HTTPAnswer(endless.readAll())
    #expect(answer == nil || answer?.status == 413)

    let noise = try Socket(port: server.port)
    noise.send("\u{0}\u{1}GET\r\n\r\n")
    #expect(String(decoding: noise.readAll(), as: UTF8.self).hasPrefix("HTTP/1.1 400"))
    #expect(try await server.ask("POST", "/v1/classify", "{\"texts\": [\"فاز\"]}").status == 200)
    #expect(server.isRunning)
    #expect(!server.logged.contains("\"level\":\"error\""))  // callers' faults are none of the server's
  }

  /// More texts than may wait: 429 with Retry-After, and room again afterwards.
  @Test func fullQueue() async throws {
    let folder = try TemporaryFolder()
    let server = try await server(["--max-queue", "2"], in: folder)
    let three = try await server.ask("POST", "/v1/classify", "{\"texts\": [\"a\", \"b\", \"c\"]}")
    #expect(try three.status == 429 && three.headers["retry-after"] == "1" && (three.error().kind) == "Overloaded")
    #expect(try await server.ask("POST", "/v1/classify", "{\"texts\": [\"a\", \"b\"]}").status == 200)
  }

  /// SIGTERM: what is in work is answered, the process ends with 0.
  @Test func drains() async throws {
    let folder = try TemporaryFolder()
    let server = try await server(["--batch-delay", "1500"], in: folder)
    async let slow = server.ask("POST", "/v1/classify", "{\"texts\": [\"فاز\"]}")
    try await Task.sleep(for: .milliseconds(500))
    server.signal(SIGTERM)
    try await Task.sleep(for: .milliseconds(300))
    let refused = try await server.ask("POST", "/v1/classify", "{\"texts\": [\"فاز\"]}")
    #expect(refused.status == 503 && refused.headers["retry-after"] != nil)
    #expect(try await server.ask("GET", "/readyz").status == 503)
    #expect(try await slow.status == 200)
    #expect(try await server.status(within: 10) == 0)
  }

  @Test func wrongUsage() async throws {
    let folder = try TemporaryFolder()
    let model = folder.file("small").path
    func error(_ arguments: [String]) throws -> (Int32, String) {
      let process = try FarqProcess(["serve"] + arguments)
      return (process.status, process.errors)
    }
    #expect(try error(["--model", model]).0 == 66)
    #expect(try error(["--model", model, "--port", "70000"]).1.contains("--port 70000: use 0 to 65535"))
    #expect(try error(["--model", model, "--max-texts", "0"]).1.contains("--max-texts 0: use 1 or more"))
    #expect(try error(["--model", model, "--api-key-file", model]).0 == 66)
    try ServerProcess.train(into: folder.file("small"))
    #expect(try error(["--model", model, "--model", model]).1.contains("two models are called 'small'"))
    let server = try await server(in: folder)
    let taken = try error(["--model", model, "--port", "\(server.port)"])
    #expect(taken.0 == 69 && taken.1.contains("cannot listen on 127.0.0.1:\(server.port)"))
  }
}
