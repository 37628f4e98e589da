import FarqCore
import FarqHub
import FarqTesting
import Foundation
import Testing

/// The environment as `huggingface_hub` reads it.
@Suite struct HubSettingsTests {
  @Test func folders() {
    let home = FileManager.default.homeDirectoryForCurrentUser.path
    #expect(HubSettings([:]).cache.path == "\(home)/.cache/huggingface/hub")
    #expect(HubSettings(["XDG_CACHE_HOME": "/x"]).cache.path == "/x/huggingface/hub")
    #expect(HubSettings(["XDG_CACHE_HOME": "/x", "HF_HOME": "/h"]).cache.path == "/h/hub")
    #expect(HubSettings(["HF_HOME": "/h", "HF_HUB_CACHE": "/c"]).cache.path == "/c")
    #expect(HubSettings(["HUGGINGFACE_HUB_CACHE": "/old"]).cache.path == "/old")
    #expect(HubSettings(["HF_HOME": "~/h"]).cache.path == "\(home)/h/hub")
  }

  @Test func addressAndOffline() {
    #expect(HubSettings([:]).endpoint == "https://huggingface.co")
    #expect(HubSettings(["HF_ENDPOINT": "http://mirror:1/"]).endpoint == "http://mirror:1")
    for word in ["1", "true", "YES", "on"] { #expect(HubSettings(["HF_HUB_OFFLINE": word]).isOffline) }
    for word in ["", "0", "no"] { #expect(!HubSettings(["HF_HUB_OFFLINE": word]).isOffline) }
  }

  @Test func token() throws {
    let folder = try TemporaryFolder()
    try Data("hf_kept\n".utf8).write(to: folder.file("token"))
    #expect(HubSettings(["HF_HOME": folder.url.path]).token == "hf_kept")
    #expect(HubSettings(["HF_HOME": folder.url.path, "HF_TOKEN": " hf_given "]).token == "hf_given")
    #expect(HubSettings(["HF_HOME": "/nowhere", "HF_TOKEN_PATH": folder.file("token").path]).token == "hf_kept")
    #expect(HubSettings(["HF_HOME": "/nowhere"]).token == nil)
  }

  @Test(arguments: ["aubmindlab/bert-base-arabertv2", "a/b@v1.0", "a/b@refs/pr/3", "A_b-1/c.d"])
  func names(_ text: String) { #expect(HubRepository(text)?.description == text) }

  @Test(arguments: [
    "name", "a/b/c", "/a/b", "./a", "../a", "a/..", "a/b@", "a/b@../x", "a/b@x//y", "a b/c", "a/نموذج", "~/model", "a/",
    "-a/b",
    "a/b\\c", "a/b@x\u{0}",
  ])
  func noNames(_ text: String) { #expect(HubRepository(text) == nil) }
}
