package com.freelync.control.local.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The container files as far as they can be checked without an engine. */
@DisplayName("OP-2 docker/")
class DockerFilesTest {
  private static final Path DOCKER = Path.of("../docker");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @Test
  void everyFileThatTheComposeFileMountsExists() throws IOException {
    int mounted = 0;
    for (JsonNode service : YAML.readTree(DOCKER.resolve("compose.yml").toFile()).get("services")) {
      for (JsonNode volume : service.path("volumes")) {
        String source = volume.asText().split(":")[0];
        if (source.startsWith(".")) {
          mounted++;
          assertThat(DOCKER.resolve(source)).exists();
        }
      }
      JsonNode build = service.path("build");
      if (build.isObject()) {
        assertThat(DOCKER.resolve(build.get("context").asText()))
            .satisfies(c -> assertThat(c.resolve(build.get("dockerfile").asText())).exists());
      }
    }
    assertThat(mounted).isPositive();
  }

  @Test
  void everyVariableThatMustBeSetIsInTheExample() throws IOException {
    Matcher required =
        Pattern.compile("\\$\\{([A-Z_]+):\\?}")
            .matcher(Files.readString(DOCKER.resolve("compose.yml")));
    TreeSet<String> variables = new TreeSet<>();
    while (required.find()) {
      variables.add(required.group(1));
    }
    List<String> examples =
        Files.readAllLines(DOCKER.resolve("example.env")).stream()
            .filter(line -> line.contains("=") && !line.startsWith("#"))
            .map(line -> line.substring(0, line.indexOf('=')))
            .toList();

    assertThat(variables).isNotEmpty().containsExactlyInAnyOrderElementsOf(examples);
  }

  @Test
  void everyPathThatTheImagesCopyIsInTheRepositoryOrBuilt() throws IOException {
    Matcher copied =
        Pattern.compile("COPY (?:--from=build /source/)?(\\S+)")
            .matcher(Files.readString(DOCKER.resolve("Dockerfile")));
    int paths = 0;
    while (copied.find()) {
      paths++;
      assertThat(Path.of("..").resolve(copied.group(1))).exists();
    }
    assertThat(paths).isGreaterThan(5);
  }

  @Test
  void prometheusScrapesBothProcesses() throws IOException {
    JsonNode jobs = YAML.readTree(DOCKER.resolve("prometheus.yml").toFile()).get("scrape_configs");

    assertThat(jobs.findValuesAsText("job_name")).containsExactly("api-server", "workers");
  }
}
