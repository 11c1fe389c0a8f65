package com.freelync.control.configuration.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.configuration.secret.SecretFailure.NotReadable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("CF-6")
@DisplayName("CF-6: secrets at rest")
class SecretsTest {
  private static final String CLEAR = "sk_live_0123456789abcdefghijABCDEFGHIJ01";
  private static final String CONTEXT = "payment.gateway.api_key/7";

  @TempDir Path directory;
  private Path path;
  private SecretKeys keys;
  private Secrets secrets;

  @BeforeEach
  void makeKeys() {
    path = directory.resolve("keys.json");
    keys = SecretKeys.create(path);
    secrets = new Secrets(keys);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", CLEAR, "ለምሳሌ 🔑", "two\nlines\u0000"})
  void whatIsSealedIsReadAgain(String clear) {
    assertThat(secrets.decrypt(secrets.encrypt(clear, CONTEXT), CONTEXT)).isEqualTo(clear);
  }

  @Test
  void theSameSecretIsSealedDifferentlyEachTime() {
    assertThat(secrets.encrypt(CLEAR, CONTEXT)).isNotEqualTo(secrets.encrypt(CLEAR, CONTEXT));
    assertThat(new String(secrets.encrypt(CLEAR, CONTEXT), StandardCharsets.ISO_8859_1))
        .doesNotContain("sk_live_");
  }

  @Test
  void whatIsSealedForOneRowIsUnreadableInAnother() {
    byte[] sealed = secrets.encrypt(CLEAR, CONTEXT);
    assertRefused(sealed, "payment.gateway.api_key/8");
    assertRefused(sealed, "");
  }

  @Test
  void aChangeOfAnyByteIsNoticed() {
    byte[] sealed = secrets.encrypt(CLEAR, CONTEXT);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertRefused(changed, CONTEXT);
    }
  }

  @Test
  void whatIsCutShortIsRefused() {
    byte[] sealed = secrets.encrypt(CLEAR, CONTEXT);
    for (int length = 0; length < sealed.length; length++) {
      assertRefused(Arrays.copyOf(sealed, length), CONTEXT);
    }
  }

  @Test
  void aRunningProcessFollowsARotation() {
    SecretKeys elsewhere = SecretKeys.open(path);
    Secrets running = new Secrets(elsewhere);
    byte[] before = running.encrypt(CLEAR, CONTEXT);

    keys.prepare();
    keys.promote();
    byte[] after = secrets.encrypt(CLEAR, CONTEXT);

    assertThat(running.decrypt(after, CONTEXT)).isEqualTo(CLEAR);
    assertThat(running.decrypt(before, CONTEXT)).isEqualTo(CLEAR);
    assertThat(running.isSealedByPrimary(before)).isFalse();
    assertThat(running.isSealedByPrimary(after)).isTrue();
    assertThat(secrets.isSealedByPrimary(running.encrypt(CLEAR, CONTEXT))).isTrue();
  }

  @Test
  void whatAnOlderKeySealedIsSealedAnew() {
    byte[] before = secrets.encrypt(CLEAR, CONTEXT);
    keys.prepare();
    assertThat(secrets.isSealedByPrimary(before)).isTrue();
    keys.promote();
    assertThat(secrets.isSealedByPrimary(before)).isFalse();

    byte[] anew = secrets.reseal(before, CONTEXT);

    assertThat(secrets.isSealedByPrimary(anew)).isTrue();
    assertThat(secrets.decrypt(anew, CONTEXT)).isEqualTo(CLEAR);
  }

  @Test
  void sealingAnewNeedsTheSameContext() {
    byte[] sealed = secrets.encrypt(CLEAR, CONTEXT);
    assertThatThrownBy(() -> secrets.reseal(sealed, "elsewhere/7")).isInstanceOf(NotReadable.class);
  }

  @Test
  void aKeyThatIsGoneIsNamedAsTheReason() throws Exception {
    byte[] sealed = secrets.encrypt(CLEAR, CONTEXT);
    Files.delete(path);
    Secrets others = new Secrets(SecretKeys.create(path));
    assertThatThrownBy(() -> others.decrypt(sealed, CONTEXT))
        .isInstanceOf(NotReadable.class)
        .hasMessageContaining("is not in the file of keys");
    assertThat(others.isSealedByPrimary(sealed)).isFalse();
  }

  @Test
  void nothingElseIsSealedByThePrimary() {
    assertThat(secrets.isSealedByPrimary(new byte[0])).isFalse();
    assertThat(secrets.isSealedByPrimary(CLEAR.getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  @Test
  void halfACharacterIsRefusedAndNotShown() {
    assertThatThrownBy(() -> secrets.encrypt(CLEAR + "\ud83d", CONTEXT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessageNotContaining("sk_live");
  }

  @Test
  void theMaskTellsNeitherLengthNorContent() {
    assertThat(Secrets.mask("a")).isEqualTo(Secrets.mask(CLEAR)).isEqualTo(Secrets.MASK);
  }

  private void assertRefused(byte[] sealed, String context) {
    assertThatThrownBy(() -> secrets.decrypt(sealed, context))
        .isInstanceOf(NotReadable.class)
        .hasNoCause()
        .hasMessageNotContaining("sk_live");
  }
}
