import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A stand-in for Farasa: segments as StubSegmenter does, and misbehaves at words that ask for it. */
public final class Stub {
  public static void main(String[] arguments) throws Exception {
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String line; (line = input.readLine()) != null; ) {
      log(line);
      // Farasa's interactive mode breaks on long lines: this one ends.
      if (line.getBytes(StandardCharsets.UTF_8).length > 8192 || line.contains("موت") && first("died")) return;
      if (line.contains("دائمموت")) return;
      if (line.contains("نوم")) Thread.sleep(600_000);
      if (line.contains("هراء")) {
        output.println("شيء آخر");
        continue;
      }
      if (line.contains("سيل")) while (true) output.print("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
      var words = new StringBuilder();
      for (String word : line.split(" ")) words.append(words.length() > 0 ? " " : "").append(segment(word));
      output.println(words);
    }
  }

  private static String segment(String word) {
    if (word.startsWith("[")) return "[ " + word.substring(1, word.length() - 1) + " ]";
    String front = "";
    if (word.startsWith("و") && word.length() > 3) {
      front = "و+";
      word = word.substring(1);
    }
    for (String prefix : new String[] {"ال", "ك"}) {
      if (word.startsWith(prefix) && word.length() > 4) {
        front += prefix + "+";
        word = word.substring(prefix.length());
        break;
      }
    }
    for (String suffix : new String[] {"ة", "ها", "ك"}) {
      if (word.endsWith(suffix) && word.length() > 3)
        return front + word.substring(0, word.length() - suffix.length()) + "+" + suffix;
    }
    return front + word;
  }

  private static Path file(String name) throws Exception {
    var jar = Path.of(Stub.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return jar.resolveSibling(name);
  }

  /** True once, over all processes of this jar. */
  private static boolean first(String name) throws Exception {
    if (Files.exists(file(name))) return false;
    Files.createFile(file(name));
    return true;
  }

  private static void log(String line) throws Exception {
    Files.writeString(file("log"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
