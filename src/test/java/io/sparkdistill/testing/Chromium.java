package io.sparkdistill.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A headless Chromium, told what to do by its driver: W3C's WebDriver over HTTP, and Chromium's own
 * commands for what that has not. Not thread-safe.
 */
public final class Chromium implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> OPTIONS =
      List.of(
          "--headless=new",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--disable-dev-shm-usage",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--hide-scrollbars");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process driver;
  private final String service;
  private final String session;

  private Chromium(Process driver, String service) throws IOException {
    this.driver = driver;
    this.service = service;
    ObjectNode body = JSON.createObjectNode();
    ObjectNode wanted = body.putObject("capabilities").putObject("alwaysMatch");
    ObjectNode options = wanted.putObject("goog:chromeOptions");
    options.put("binary", program("chromium").orElseThrow().toString());
    OPTIONS.forEach(options.putArray("args")::add);
    wanted.putObject("goog:loggingPrefs").put("browser", "ALL").put("performance", "ALL");
    this.session = "/session/" + post("/session", body).get("sessionId").asText();
  }

  /** Whether this machine has one, and its driver. */
  public static boolean isInstalled() {
    return program("chromium").isPresent() && program("chromedriver").isPresent();
  }

  /** Starts one with a profile of its own. */
  public static Chromium start() throws IOException {
    Process driver =
        new ProcessBuilder(program("chromedriver").orElseThrow().toString(), "--port=0")
            .redirectErrorStream(true)
            .start();
    BufferedReader said = driver.inputReader();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      Matcher port = PORT.matcher(line);
      if (port.find()) {
        return new Chromium(driver, "http://127.0.0.1:" + port.group(1));
      }
    }
    throw new IllegalStateException("chromedriver did not start");
  }

  private static Optional<Path> program(String name) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Shows pages as a device does, with so many pixels, light or dark. */
  public void be(int width, int height, String scheme) throws IOException {
    ObjectNode metrics = JSON.createObjectNode();
    metrics.put("width", width).put("height", height).put("deviceScaleFactor", 2);
    metrics.put("mobile", width < 600);
    command("Emulation.setDeviceMetricsOverride", metrics);
    ObjectNode media = JSON.createObjectNode();
    media.putArray("features").addObject().put("name", "prefers-color-scheme").put("value", scheme);
    command("Emulation.setEmulatedMedia", media);
  }

  /** Opens a page and waits until it is loaded. */
  public void open(Path page) throws IOException {
    post(session + "/url", JSON.createObjectNode().put("url", page.toUri().toString()));
  }

  /** What JavaScript in the page returns. */
  public JsonNode evaluate(String script) throws IOException {
    return execute("sync", script);
  }

  /** What the page has said on the console, since this was last asked. */
  public List<String> console() throws IOException {
    List<String> lines = new ArrayList<>();
    log("browser").forEach(entry -> lines.add(entry.get("message").asText()));
    return lines;
  }

  /** What was asked for over any protocol, since this was last asked. */
  public List<String> requests() throws IOException {
    List<String> urls = new ArrayList<>();
    for (JsonNode entry : log("performance")) {
      JsonNode message = JSON.readTree(entry.get("message").asText()).get("message");
      if (message.get("method").asText().equals("Network.requestWillBeSent")) {
        urls.add(message.at("/params/request/url").asText());
      }
    }
    return urls;
  }

  /** All of the page, also what is below the window, as PNG. */
  public void screenshot(Path file) throws IOException {
    drawn();
    JsonNode size =
        evaluate(
            "const page = document.documentElement; return [page.scrollWidth, page.scrollHeight]");
    ObjectNode params = JSON.createObjectNode().put("captureBeyondViewport", true);
    ObjectNode clip = params.putObject("clip").put("x", 0).put("y", 0).put("scale", 1);
    clip.put("width", size.get(0).asInt()).put("height", size.get(1).asInt());
    String png = command("Page.captureScreenshot", params).get("data").asText();
    Files.write(file, Base64.getDecoder().decode(png));
  }

  /** Waits until the page was drawn as it is now: before, it may be nothing wide. */
  private void drawn() throws IOException {
    execute(
        "async",
        "const done = arguments[0];"
            + " requestAnimationFrame(() => requestAnimationFrame(() => done(true)))");
  }

  private JsonNode execute(String how, String script) throws IOException {
    ObjectNode body = JSON.createObjectNode().put("script", script);
    body.putArray("args");
    return post(session + "/execute/" + how, body);
  }

  private JsonNode log(String type) throws IOException {
    return post(session + "/se/log", JSON.createObjectNode().put("type", type));
  }

  private JsonNode command(String name, ObjectNode params) throws IOException {
    ObjectNode body = JSON.createObjectNode().put("cmd", name);
    body.set("params", params);
    return post(session + "/goog/cdp/execute", body);
  }

  private JsonNode post(String path, ObjectNode body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(service + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    return value(request);
  }

  private JsonNode value(HttpRequest request) throws IOException {
    try {
      JsonNode value =
          JSON.readTree(http.send(request, BodyHandlers.ofString()).body()).get("value");
      if (value.has("error")) {
        throw new IllegalStateException(value.toPrettyString());
      }
      return value;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      value(HttpRequest.newBuilder(URI.create(service + session)).DELETE().build());
    } finally {
      driver.destroy();
    }
  }
}
