package com.freelync.control.automation;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.parse.DefinitionParser;
import com.freelync.control.parse.Document;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an approval is bound to: the same for documents that say the same, and for no others. */
class ContentHashTest {
  private static String hash(String number) {
    return hash(number, Document.Format.JSON);
  }

  private static String hash(String number, Document.Format format) {
    Document read =
        Document.read(
            """
            {"name": "Small", "trigger": "event: payout.requested",
             "conditions": [{"field": "amount", "operator": "lte", "value": NUMBER},
                            {"field": "seller.trust_score", "operator": "in", "value": [NUMBER, 7]}],
             "steps": [{"action": "reject_payout", "with": {"reason": {"limits": [NUMBER]}}}]}
            """
                .replace("NUMBER", number),
            format);
    DefinitionParser.Result parsed = DefinitionParser.parse(((Document.Readable) read).content());
    return DefinitionGate.contentHash(((DefinitionParser.Result.Parsed) parsed).definition());
  }

  @ParameterizedTest(name = "CF-2 AU-16: 5000 written as {0} is the same definition")
  @ValueSource(strings = {"5000", "5000.0", "5000.00", "5e3", "5E+3", "0.5e4", "50000e-1"})
  void isTheSameForTheSameNumber(String number) {
    assertThat(hash(number)).isEqualTo(hash("5000"));
    assertThat(hash(number.replace("5E+3", "5000.000"), Document.Format.YAML))
        .isEqualTo(hash("5000"));
  }

  @Test
  @DisplayName("CF-2 AU-16: another number is another definition")
  void isAnotherForAnotherNumber() {
    assertThat(List.of(hash("5000"), hash("5000.01"), hash("500"), hash("0")))
        .doesNotHaveDuplicates();
    assertThat(hash("0.0")).isEqualTo(hash("0"));
    assertThat(hash("8.50")).isEqualTo(hash("8.5"));
  }

  @Test
  @DisplayName("CF-2 AU-16: the hash of what was approved before stays")
  void keepsTheHashOfWholeNumbers() {
    assertThat(hash("5000"))
        .isEqualTo("83807fee88c72c45553356cbcac4037e2219789e9482f01e16d55467f725288b");
  }
}
