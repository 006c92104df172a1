package dev.quorate.node.e2e;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * One keep-alive connection that submits transactions, one after the other. It does as little as
 * HTTP/1.1 allows, so that a load on the machine of the nodes takes little from them.
 */
public final class HttpLine implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int LONGEST_HEADER = 8_192;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String head;
  private final byte[] line = new byte[LONGEST_HEADER];

  /** What came back. */
  public record Reply(int status, String body) {}

  HttpLine(URI api, String prefer) throws IOException {
    this(api, prefer, PATIENCE);
  }

  /** A node that does not answer for so long is given up with an {@link IOException}. */
  public HttpLine(URI api, String prefer, Duration patience) throws IOException {
    socket = new Socket(api.getHost(), api.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
    in = new BufferedInputStream(socket.getInputStream(), 16_384);
    out = socket.getOutputStream();
    head =
        "POST /v1/transactions HTTP/1.1\r\nHost: "
            + api.getAuthority()
            + "\r\nContent-Type: application/octet-stream\r\n"
            + (prefer.isEmpty() ? "" : "Prefer: " + prefer + "\r\n")
            + "Content-Length: ";
  }

  /** Sends a transaction and waits for the answer. */
  public Reply submit(byte[] transaction) throws IOException {
    var header = (head + transaction.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    var request = new byte[header.length + transaction.length];
    System.arraycopy(header, 0, request, 0, header.length);
    System.arraycopy(transaction, 0, request, header.length, transaction.length);
    out.write(request);
    return reply();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private Reply reply() throws IOException {
    int status = Integer.parseInt(readLine().substring(9, 12));
    int length = 0;
    for (var header = readLine(); !header.isEmpty(); header = readLine()) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
    return new Reply(status, new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  private String readLine() throws IOException {
    for (int i = 0; i < LONGEST_HEADER; i++) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the node closed the connection");
      }
      if (next == '\n') {
        int end = i > 0 && line[i - 1] == '\r' ? i - 1 : i;
        return new String(line, 0, end, StandardCharsets.US_ASCII);
      }
      line[i] = (byte) next;
    }
    throw new IOException("a header line of more than " + LONGEST_HEADER + " bytes");
  }
}
