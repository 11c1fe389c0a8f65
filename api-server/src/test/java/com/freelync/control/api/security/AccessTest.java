package com.freelync.control.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.identity.Permission;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("SE-1: nothing is open by omission")
class AccessTest {
  @Requires(Permission.AUDIT_READ)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Audits {}

  interface Methods {
    void forgotten();

    @Requires({})
    void empty();

    @PublicAccess
    @Requires(Permission.AUDIT_READ)
    void torn();

    @PublicAccess
    void open();

    @AnyPerson
    void known();

    @Requires(Permission.AUDIT_READ)
    void permitted();

    @Audits
    void byItsName();

    @Audits
    @Requires(Permission.AUDIT_READ)
    void twice();
  }

  @ParameterizedTest
  @ValueSource(strings = {"forgotten", "empty", "torn", "twice"})
  void aMethodThatDoesNotSayWhoMayCallItStopsTheStart(String name) {
    assertThatThrownBy(() -> access(name))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("@Requires");
  }

  @Test
  void theOthersSayIt() throws Exception {
    assertThat(access("open")).isEqualTo(new Access.Open());
    assertThat(access("known")).isEqualTo(new Access.Known());
    assertThat(access("permitted")).isEqualTo(new Access.Permitted(List.of(Permission.AUDIT_READ)));
    assertThat(access("byItsName")).isEqualTo(access("permitted"));
  }

  private static Access access(String name) throws Exception {
    return Access.of(Methods.class.getDeclaredMethod(name));
  }
}
