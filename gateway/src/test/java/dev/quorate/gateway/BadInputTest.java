package dev.quorate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
class BadInputTest {
  private final SoloOrdering ordering = new SoloOrdering();
  private Site site;

  @BeforeAll
  void open() {
    site = Site.open(ordering);
  }

  @AfterAll
  void close() {
    assertThat(ordering.poolSize()).as("stored in spite of it").isZero();
    site.close();
  }

  static Stream<Arguments> bodies() {
    return Stream.of(
        Arguments.of("", "400 invalid-body body"),
        Arguments.of("{", "400 invalid-body body"),
        Arguments.of("[]", "400 invalid-body body"),
        Arguments.of("\"text\"", "400 invalid-body body"),
        Arguments.of("{} {}", "400 invalid-body body"),
        Arguments.of("{\"payload\":\"aGk=\"}x", "400 invalid-body body"),
        Arguments.of("{}", "400 invalid-body payload"),
        Arguments.of("{\"payload\":1}", "400 invalid-body payload"),
        Arguments.of("{\"payload\":null}", "400 invalid-body payload"),
        Arguments.of("{\"payload\":[\"aGk=\"]}", "400 invalid-body payload"),
        Arguments.of("{\"payload\":{\"a\":\"aGk=\"}}", "400 invalid-body payload"),
        Arguments.of("{\"payload\":\"aGk=\",\"x\":1}", "400 invalid-body x"),
        Arguments.of("{\"paylaod\":\"aGk=\"}", "400 invalid-body payload"),
        Arguments.of("{\"payload\":\"aGk=\",\"payload\":\"aGk=\"}", "400 invalid-body payload"),
        Arguments.of("{\"payload\":\"aGk\"}", "400 invalid-body payload"),
        Arguments.of("{\"payload\":\"aGl=\"}", "400 invalid-body payload"),
        Arguments.of("{\"payload\":\"aG k=\"}", "400 invalid-body payload"),
        Arguments.of("{\"payload\":\"_-_-\"}", "400 invalid-body payload"),
        Arguments.of("{\"payload\":\"a\u00e4b=\"}", "400 invalid-body payload"),
        Arguments.of("{\"payload\":\"\"}", "422 empty-transaction"),
        Arguments.of("[".repeat(40) + "]".repeat(40), "400 invalid-body body"),
        Arguments.of("{\"payload\":" + "[".repeat(40), "400 invalid-body body"));
  }

  @ParameterizedTest(name = "[{index}] {1}")
  @MethodSource("bodies")
  void namesWhatIsWrongWithAJsonBody(String body, String problem) {
    var answer = site.post("application/json", body);

    assertThat(answer.problem()).isEqualTo(problem);
    assertThat(answer.json().getBoolean("retryable")).isFalse();
    assertThat(answer.body()).doesNotContain("Exception", "java", ".class", "/work");
  }

  @Test
  void refusesATransactionOfNoBytes() {
    assertThat(site.submit("").problem()).isEqualTo("422 empty-transaction");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonx",
        "application/json; charset=utf-16",
        "multipart/form-data; boundary=x",
        "garbage"
      })
  void takesTwoMediaTypesOnly(String type) {
    assertThat(site.post(type, SubmitTest.json("hello")).problem())
        .isEqualTo("415 unsupported-media-type");
  }

  @Test
  void takesNoCompressedBodies() {
    assertThat(site.submit("hello", "Content-Encoding", "gzip").problem())
        .isEqualTo("415 unsupported-media-type");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"wait", "wait=", "wait=x", "wait=-1", "wait=1.5", "a=b, wait=five", "wait=\"\""})
  void namesAWaitThatIsNoNumber(String prefer) {
    assertThat(site.submit("hello", "Prefer", prefer).problem())
        .isEqualTo("400 invalid-parameter Prefer");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/transactions/xyz|400 invalid-parameter id",
        "/v1/transactions/ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789"
            + "|400 invalid-parameter id",
        "/v1/transactions/0000000000000000000000000000000000000000000000000000000000000000?w=1"
            + "|400 invalid-parameter w",
        "/v1/transactions/0000000000000000000000000000000000000000000000000000000000000000?wait=x"
            + "|400 invalid-parameter wait",
        "/v1/transactions/0000000000000000000000000000000000000000000000000000000000000000"
            + "?wait=1&wait=1|400 invalid-parameter wait",
        "/v1/transactions/0000000000000000000000000000000000000000000000000000000000000000"
            + "?wait=1%|400 malformed-request",
        "/v1/blocks/first|400 invalid-parameter ref",
        "/v1/blocks/-1|400 invalid-parameter ref",
        "/v1/blocks/99999999999999999999|400 invalid-parameter ref",
        "/v1/blocks/9999999999999999999|400 invalid-parameter ref",
        "/v1/blocks/first/light|400 invalid-parameter ref",
        "/v1/blocks/1?x=1|400 invalid-parameter x",
        "/v1/blocks/latest/light?payload=full|400 invalid-parameter payload",
        "/v1/evidence?state=all|400 invalid-parameter state",
        "/v1/evidence?after=1|400 invalid-parameter after",
        "/v1/evidence?after=1.-1|400 invalid-parameter after",
        "/v1/evidence?after=9999999999999999999.0|400 invalid-parameter after",
        "/v1/evidence?limit=0|400 invalid-parameter limit",
        "/v1/evidence?limit=1025|400 invalid-parameter limit",
        "/v1/validators?height=7|400 invalid-parameter height",
        "/openapi.json?v=2|400 invalid-parameter v",
        "/v1/events?from=x|400 invalid-parameter from",
        "/v1/events?from=-1|400 invalid-parameter from",
        "/v1/events?types=blocks|400 invalid-parameter types",
        "/v1/events?types=|400 invalid-parameter types",
        "/v1/events?payload=half|400 invalid-parameter payload",
        "/v1/events?form=1|400 invalid-parameter form",
        "/v1/ws|426 upgrade-required",
        "/|404 not-found",
        "/v1|404 not-found",
        "/v1/blocks|404 not-found",
        "/v1/blocks/1/2|404 not-found",
        "/v1/transactions/|405 method-not-allowed",
        "/metrics|404 not-found",
        "/../etc/passwd|404 not-found"
      })
  void namesWhatIsWrongWithARequest(String path, String problem) throws Exception {
    try (var client = new RawClient(site)) {
      client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      var answer = client.readToEnd();

      var parts = problem.split(" ", -1);
      assertThat(answer).startsWith("HTTP/1.1 " + parts[0] + " ");
      assertThat(answer).contains("content-type: application/problem+json");
      assertThat(answer).contains("\"code\":\"" + parts[1] + "\"");
      assertThat(answer).contains("X-Ledger-Height: 0");
      if (parts.length > 2) {
        assertThat(answer).contains("\"field\":\"" + parts[2] + "\"");
      }
    }
  }
}
