package workbook.checker.http;

import com.sun.net.httpserver.Authenticator;
import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpPrincipal;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import workbook.checker.http.Wire.Answer;

/**
 * An exchange without a network, for what is tried in every order of steps: no socket decides who
 * is first. It does not watch over lengths; that is for {@link Wire}.
 */
public final class MemoryExchange extends HttpExchange {

  private final HttpHandler handler;
  private final String method;
  private final URI uri;
  private final Headers requestHeaders = new Headers();
  private final Headers responseHeaders = new Headers();
  private final ByteArrayOutputStream response = new ByteArrayOutputStream();
  private final Map<String, Object> attributes = new HashMap<>();
  private InputStream requestBody;
  private OutputStream responseBody = response;
  private int status = -1;

  private MemoryExchange(
      HttpHandler handler, String method, String path, String contentType, byte[] body) {
    this.handler = handler;
    this.method = method;
    this.uri = URI.create(path);
    this.requestBody = new ByteArrayInputStream(body);
    requestHeaders.set("Host", "localhost");
    if (body.length > 0) {
      requestHeaders.set("Content-Type", contentType);
      requestHeaders.set("Content-Length", String.valueOf(body.length));
    }
  }

  /** Has a GET handled. */
  public static Answer get(HttpHandler handler, String path) throws IOException {
    return handled(new MemoryExchange(handler, "GET", path, "none", new byte[0]));
  }

  /** Has a POST handled. */
  public static Answer post(HttpHandler handler, String path, String contentType, byte[] body)
      throws IOException {
    return handled(new MemoryExchange(handler, "POST", path, contentType, body));
  }

  private static Answer handled(MemoryExchange exchange) throws IOException {
    exchange.handler.handle(exchange);
    return exchange.answer();
  }

  private Answer answer() {
    var headers = new TreeMap<String, String>();
    responseHeaders.forEach(
        (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
    return new Answer(
        Wire.shown(method + " " + uri.getRawPath()), status, headers, response.toByteArray());
  }

  @Override
  public Headers getRequestHeaders() {
    return requestHeaders;
  }

  @Override
  public Headers getResponseHeaders() {
    return responseHeaders;
  }

  @Override
  public URI getRequestURI() {
    return uri;
  }

  @Override
  public String getRequestMethod() {
    return method;
  }

  @Override
  public HttpContext getHttpContext() {
    return new MemoryContext();
  }

  @Override
  public void close() {
    // nothing is sent
  }

  @Override
  public InputStream getRequestBody() {
    return requestBody;
  }

  @Override
  public OutputStream getResponseBody() {
    return responseBody;
  }

  @Override
  public void sendResponseHeaders(int code, long length) throws IOException {
    if (status != -1) {
      throw new IOException("headers already sent");
    }
    status = code;
  }

  @Override
  public InetSocketAddress getRemoteAddress() {
    return getLocalAddress();
  }

  @Override
  public int getResponseCode() {
    return status;
  }

  @Override
  public InetSocketAddress getLocalAddress() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
  }

  @Override
  public String getProtocol() {
    return "HTTP/1.1";
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    return attributes.get(name);
  }

  @Override
  public void setAttribute(String name, @Nullable Object value) {
    if (value == null) {
      attributes.remove(name);
    } else {
      attributes.put(name, value);
    }
  }

  @Override
  public void setStreams(@Nullable InputStream in, @Nullable OutputStream out) {
    requestBody = in == null ? requestBody : in;
    responseBody = out == null ? responseBody : out;
  }

  @Override
  public @Nullable HttpPrincipal getPrincipal() {
    return null;
  }

  /** Where the handler would be mounted; there is no server. */
  private final class MemoryContext extends HttpContext {

    @Override
    public HttpHandler getHandler() {
      return handler;
    }

    @Override
    public void setHandler(HttpHandler other) {
      throw new UnsupportedOperationException("no server");
    }

    @Override
    public String getPath() {
      return "/" + uri.getPath().split("/", 3)[1];
    }

    @Override
    public HttpServer getServer() {
      throw new UnsupportedOperationException("no server");
    }

    @Override
    public Map<String, Object> getAttributes() {
      return attributes;
    }

    @Override
    public List<Filter> getFilters() {
      return new ArrayList<>();
    }

    @Override
    public @Nullable Authenticator setAuthenticator(@Nullable Authenticator authenticator) {
      throw new UnsupportedOperationException("no server");
    }

    @Override
    public @Nullable Authenticator getAuthenticator() {
      return null;
    }
  }
}
