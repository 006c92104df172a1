package dev.quorate.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends exactly what it is told to, well-formed or not. */
final class RawClient implements AutoCloseable {
  private final Socket socket;

  RawClient(Site site) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), site.gateway().apiPort());
    socket.setSoTimeout(20_000);
  }

  /** Sends lines and text as they are; {@code \n} is not translated. */
  RawClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** Reads until a text was seen, which is included. */
  String readUntil(String end) throws IOException {
    var seen = new StringBuilder();
    while (seen.indexOf(end) < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("closed after: " + seen);
      }
      seen.append((char) next);
    }
    return seen.toString();
  }

  /** Reads until the server closes the connection. */
  String readToEnd() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
