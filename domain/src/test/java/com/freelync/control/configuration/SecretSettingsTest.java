package com.freelync.control.configuration;

import static com.freelync.control.configuration.ConfigurationFixture.CFO;
import static com.freelync.control.configuration.ConfigurationFixture.CTO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.configuration.secret.SecretKeys;
import com.freelync.control.database.Database;
import com.freelync.control.problem.RequestRefused;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SecretSettingsTest {
  private static final String KEY = "payment.gateway.api_key";
  private static final String CLEAR = "sk_live_abcdefghijklmnopqrstuvwxyz012345";

  private final ConfigurationFixture fixture = new ConfigurationFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  @DisplayName("CF-6: no row of any table holds a secret in clear, and its audited reveal does")
  void nowhereInClear() {
    ConfigurationVersion change = fixture.submitted(KEY, Map.of("api_key", CLEAR));
    assertThat(change.value()).isEqualTo(Map.of("api_key", "••••••••"));
    fixture.approve(change, CTO, CFO);
    fixture.configurations().activate(change.id(), fixture.admin());
    assertThatThrownBy(() -> fixture.draft(KEY, "sk_live_too_short"))
        .isInstanceOfSatisfying(
            RequestRefused.Invalid.class,
            refusal ->
                assertThat(refusal.errors().toString())
                    .contains("/value")
                    .doesNotContain("too_short"));
    assertThat(rowsWith(CLEAR)).isEmpty();
    assertThat(rowsWith("abcdefghijklmnopqrst")).isEmpty();
    assertThat(
            fixture
                .configurations()
                .reveal(change.id(), fixture.admin(), "The gateway asks for it."))
        .isEqualTo(Map.of("api_key", CLEAR));
    assertThat(fixture.api.audit.actionsOn(change.id().toString())).contains("config.reveal");
    assertThat(rowsWith(CLEAR)).isEmpty();
  }

  @Test
  @DisplayName("CF-6 CF-8: a secret goes through rollback and rotation, and opens nowhere else")
  void rotates() {
    ConfigurationVersion first = activated(CLEAR);
    ConfigurationVersion second = activated("sk_live_ABCDEFGHIJKLMNOPQRSTUVWXYZ012345");
    SecretKeys keys = SecretKeys.open(fixture.keys);
    keys.prepare();
    keys.promote();
    Database owner = fixture.database.as("control_owner");
    assertThat(new Resealing(owner, fixture.secrets).run()).isEqualTo(2);
    assertThat(new Resealing(owner, fixture.secrets).run()).isZero();
    assertThat(clear(first)).isEqualTo(CLEAR);
    ConfigurationVersion third =
        fixture
            .configurations()
            .rollback(second.id(), UUID.randomUUID(), null, "It was stolen.", fixture.admin())
            .version();
    assertThat(clear(third)).isEqualTo(CLEAR);
    owner.transaction(
        transaction ->
            transaction
                .handle()
                .execute(
                    "ALTER TABLE control.platform_config DISABLE TRIGGER USER;"
                        + "UPDATE control.platform_config v SET secret = o.secret"
                        + " FROM control.platform_config o WHERE v.id = ? AND o.id = ?;"
                        + "ALTER TABLE control.platform_config ENABLE TRIGGER USER",
                    first.id(),
                    second.id()));
    assertThatThrownBy(() -> clear(first)).hasMessageNotContaining("sk_live");
  }

  @Test
  @DisplayName("CF-6 CF-8: of copies that were sealed anew, a rollback brings back the right one")
  void rollsBackACopy() {
    ConfigurationVersion first = activated(CLEAR);
    // The same secret in the next version, as what is edited without another value has it.
    ConfigurationVersion copy =
        fixture
            .configurations()
            .edit(
                first.id(),
                UUID.randomUUID(),
                Map.of("change_reason", "Only another word"),
                true,
                null,
                fixture.admin())
            .version();
    fixture.approve(copy, CTO, CFO);
    fixture.configurations().activate(copy.id(), fixture.admin());
    SecretKeys keys = SecretKeys.open(fixture.keys);
    keys.prepare();
    keys.promote();
    assertThat(new Resealing(fixture.database.as("control_owner"), fixture.secrets).run())
        .isEqualTo(2);
    ConfigurationVersion stolen = activated("sk_live_ABCDEFGHIJKLMNOPQRSTUVWXYZ012345");
    ConfigurationVersion back =
        fixture
            .configurations()
            .rollback(stolen.id(), UUID.randomUUID(), null, "It was stolen.", fixture.admin())
            .version();
    assertThat(back.status()).isEqualTo("ACTIVE");
    assertThat(back.restores()).isEqualTo(copy.version());
    assertThat(clear(back)).isEqualTo(CLEAR);
  }

  @Test
  @DisplayName("CF-6: what is secret stays secret: its rule cannot be changed to clear")
  void staysSecret() {
    activated(CLEAR);
    assertThatThrownBy(
            () ->
                fixture.api.configuration.ruleChanges.changeKey(
                    UUID.randomUUID(),
                    KEY,
                    null,
                    Map.of("type", "string"),
                    "Easier",
                    fixture.admin()))
        .isInstanceOfSatisfying(
            RequestRefused.Invalid.class,
            refusal -> assertThat(refusal.errors().getFirst().field()).contains("encrypted"));
  }

  private ConfigurationVersion activated(String value) {
    ConfigurationVersion change = fixture.submitted(KEY, value);
    fixture.approve(change, CTO, CFO);
    return fixture.configurations().activate(change.id(), fixture.admin()).version();
  }

  private Object clear(ConfigurationVersion version) {
    return fixture.configurations().reveal(version.id(), fixture.admin(), "A test.").get("api_key");
  }

  /** Every table of the schema that has a text in some row. */
  private List<String> rowsWith(String text) {
    Database owner = fixture.database.as("control_owner");
    return owner.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT table_name FROM information_schema.tables
                     WHERE table_schema = 'control' AND table_type = 'BASE TABLE'
                    """)
                .mapTo(String.class)
                .list()
                .stream()
                .filter(
                    table ->
                        handle
                                .createQuery(
                                    "SELECT count(*) FROM control.%s t WHERE t::text LIKE :text OR position(convert_to(:plain, 'UTF8') IN convert_to(t::text, 'UTF8')) > 0"
                                        .formatted(table))
                                .bind("text", "%" + text + "%")
                                .bind("plain", text)
                                .mapTo(Long.class)
                                .one()
                            > 0)
                .toList());
  }
}
