package com.freelync.control.configuration;

import com.freelync.control.api.ApiConfiguration;
import com.freelync.control.configuration.secret.SecretKeys;
import com.freelync.control.configuration.secret.Secrets;
import com.freelync.control.database.Database;
import io.dropwizard.core.cli.ConfiguredCommand;
import io.dropwizard.core.setup.Bootstrap;
import java.nio.file.Path;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/**
 * The keys of secrets: {@code secrets create|prepare|promote|reseal|rotate
 * config/control-center.yml}. {@code reseal} needs the schema's owner as {@code DATABASE_USER}.
 */
public final class SecretsCommand extends ConfiguredCommand<ApiConfiguration> {
  private static final String ACTION = "action";

  public SecretsCommand() {
    super("secrets", "Makes, adds, changes over to and retires the keys of secrets");
  }

  @Override
  public void configure(Subparser subparser) {
    subparser
        .addArgument(ACTION)
        .choices("create", "prepare", "promote", "reseal", "rotate")
        .help(
            "create: a new file of keys; prepare: adds a key that only decrypts as yet; promote:"
                + " encrypts with the newest key; reseal: seals every secret with it; rotate: the"
                + " last three, where all servers read the same file");
    super.configure(subparser);
  }

  @Override
  protected void run(
      Bootstrap<ApiConfiguration> bootstrap, Namespace arguments, ApiConfiguration configuration) {
    Path file =
        configuration
            .secretKeysFile()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "secretKeysFile (SECRET_KEYS_FILE) names no file: name one"));
    switch (arguments.getString(ACTION)) {
      case "create" -> say("The file has the key %d.", SecretKeys.create(file).primaryId());
      case "prepare" -> say("The key %d decrypts now.", SecretKeys.open(file).prepare());
      case "promote" -> say("The key %d encrypts now.", SecretKeys.open(file).promote());
      case "reseal" -> reseal(SecretKeys.open(file), configuration);
      default -> {
        SecretKeys keys = SecretKeys.open(file);
        keys.prepare();
        say("The key %d encrypts now.", keys.promote());
        reseal(keys, configuration);
      }
    }
  }

  private static void reseal(SecretKeys keys, ApiConfiguration configuration) {
    try (Database owner = Database.open(configuration.database(), "control-reseal")) {
      say("%d secrets were sealed anew.", new Resealing(owner, new Secrets(keys)).run());
    }
  }

  private static void say(String words, int number) {
    System.out.println(words.formatted(number));
  }
}
