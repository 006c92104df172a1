package dev.quorate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
class DescriptionTest {
  private Site site;
  private JsonObject document;

  @BeforeAll
  void open() {
    site = Site.open();
    document = site.get("/openapi.json").json();
  }

  @AfterAll
  void close() {
    site.close();
  }

  @Test
  void isOfTheVersionThatItSays() {
    assertThat(document.getString("openapi")).isEqualTo("3.1.0");
  }

  @Test
  void namesEveryRouteAndNoOther() {
    var described = new ArrayList<String>();
    for (var path : document.getJsonObject("paths")) {
      for (var method : ((JsonObject) path.getValue()).fieldNames()) {
        described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
      }
    }

    assertThat(described).containsExactlyInAnyOrderElementsOf(site.gateway().routes());
  }

  @Test
  void refersToNothingThatIsMissing() {
    for (var reference : references(document)) {
      JsonObject at = document;
      for (var step : reference.substring("#/".length()).split("/", -1)) {
        assertThat(at.fieldNames()).as(reference).contains(step);
        at = at.getJsonObject(step);
      }
    }
  }

  @Test
  void listsEveryReasonForATransactionToBeTurnedAway() {
    var problem =
        document.getJsonObject("components").getJsonObject("schemas").getJsonObject("Problem");

    for (var rejection : SubmitTest.rejections()) {
      assertThat(problem.getString("description")).contains(" " + rejection.terms().code() + ",");
    }
  }

  private static List<String> references(Object value) {
    var found = new ArrayList<String>();
    if (value instanceof JsonObject object) {
      for (var member : object) {
        if (member.getKey().equals("$ref")) {
          found.add((String) member.getValue());
        }
        found.addAll(references(member.getValue()));
      }
    } else if (value instanceof JsonArray array) {
      array.forEach(element -> found.addAll(references(element)));
    }
    return found;
  }
}
