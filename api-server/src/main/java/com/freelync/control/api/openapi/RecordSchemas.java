package com.freelync.control.api.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Schemas of records, in the interface's names: what is not {@code @Nullable} is required, what is
 * and is written nevertheless may be null, and the values of a map of objects are any JSON.
 */
final class RecordSchemas extends ModelResolver {
  RecordSchemas(ObjectMapper json) {
    super(json);
  }

  @Override
  public @Nullable Schema resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> next) {
    Class<?> raw = _mapper.constructType(type.getType()).getRawClass();
    Schema<?> schema = super.resolve(type, context, next);
    if (schema != null && raw.isRecord()) {
      Schema<?> model =
          schema.get$ref() == null
              ? schema
              : context
                  .getDefinedModels()
                  .get(schema.get$ref().substring("#/components/schemas/".length()));
      if (model != null && model.getProperties() != null) {
        Arrays.stream(raw.getRecordComponents()).forEach(component -> read(component, model));
      }
    }
    return schema;
  }

  private static void read(RecordComponent component, Schema<?> model) {
    String name = SnakeCaseStrategy.INSTANCE.translate(component.getName());
    Schema<?> property = model.getProperties().get(name);
    if (property == null) {
      return;
    }
    boolean mayBeNull = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    JsonInclude.Include written = written(component);
    openMaps(property);
    if (component.getType() == Object.class) {
      property = new Schema<>().description("Any JSON");
      model.getProperties().put(name, property);
    }
    if (mayBeNull && written == JsonInclude.Include.ALWAYS) {
      if (property.get$ref() == null) {
        property.setNullable(true);
      } else {
        model.getProperties().put(name, orNull(property));
      }
    }
    boolean mayBeAbsent = mayBeNull || written == JsonInclude.Include.NON_EMPTY;
    if (!mayBeAbsent && (model.getRequired() == null || !model.getRequired().contains(name))) {
      model.addRequiredItem(name);
    }
  }

  /** OpenAPI 3.0 has no null beside a reference. */
  private static Schema<?> orNull(Schema<?> reference) {
    Schema<?> none = new ObjectSchema().maxProperties(0);
    none.setNullable(true);
    return new Schema<>().anyOf(List.of(reference, none));
  }

  /** Swagger takes an {@code Object} for a JSON object, which texts and numbers are not. */
  private static void openMaps(Schema<?> schema) {
    if (schema.getItems() != null) {
      if (isAnything(schema.getItems())) {
        schema.setItems(new Schema<>());
      }
      openMaps(schema.getItems());
    }
    if (schema.getAdditionalProperties() instanceof Schema<?> values) {
      if (isAnything(values)) {
        schema.setAdditionalProperties(new Schema<>());
      } else {
        openMaps(values);
      }
    }
  }

  private static boolean isAnything(Schema<?> schema) {
    return "object".equals(schema.getType())
        && schema.getProperties() == null
        && schema.getAdditionalProperties() == null;
  }

  /** When it is written: as its own annotation says, or its record's, of lists and what is null. */
  private static JsonInclude.Include written(RecordComponent component) {
    JsonInclude own = component.getAccessor().getAnnotation(JsonInclude.class);
    JsonInclude ofAll = component.getDeclaringRecord().getAnnotation(JsonInclude.class);
    if (own != null) {
      return own.value();
    }
    if (ofAll == null) {
      return JsonInclude.Include.ALWAYS;
    }
    boolean isList = Collection.class.isAssignableFrom(component.getType());
    return ofAll.value() == JsonInclude.Include.NON_EMPTY && !isList
        ? JsonInclude.Include.NON_NULL
        : ofAll.value();
  }
}
