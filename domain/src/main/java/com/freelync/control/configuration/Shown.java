package com.freelync.control.configuration;

import com.freelync.control.configuration.secret.Secrets;
import com.freelync.control.configuration.value.ValueForm;
import com.freelync.control.database.Json;
import org.jspecify.annotations.Nullable;

/** Values as people, histories and logs may see them. */
final class Shown {
  private Shown() {}

  /** The object form of a bare value, as JSON; a secret, which has no bare value, is masked. */
  static String of(String key, @Nullable String bareJson) {
    Object bare = bareJson == null ? Secrets.MASK : bare(bareJson);
    return Json.write(ValueForm.object(key, bare));
  }

  /** A bare value of its JSON. */
  static Object bare(String json) {
    Object value = Json.readObject("{\"value\":" + json + "}").get("value");
    if (value == null) {
      throw new IllegalStateException("a stored value is null");
    }
    return value;
  }
}
