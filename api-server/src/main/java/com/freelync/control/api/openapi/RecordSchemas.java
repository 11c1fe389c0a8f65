package com.freelync.control.api.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Schemas of records, in the interface's names; what is not {@code @Nullable} is required. */
final class RecordSchemas extends ModelResolver {
  RecordSchemas(ObjectMapper json) {
    super(json);
  }

  @Override
  public @Nullable Schema resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> next) {
    Schema<?> schema = super.resolve(type, context, next);
    Class<?> raw = _mapper.constructType(type.getType()).getRawClass();
    if (schema != null && raw.isRecord()) {
      Schema<?> model =
          schema.get$ref() == null
              ? schema
              : context
                  .getDefinedModels()
                  .get(schema.get$ref().substring("#/components/schemas/".length()));
      if (model != null && model.getProperties() != null) {
        require(model, raw);
      }
    }
    return schema;
  }

  private static void require(Schema<?> model, Class<?> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      String name = SnakeCaseStrategy.INSTANCE.translate(component.getName());
      if (model.getProperties().containsKey(name)
          && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)
          && (model.getRequired() == null || !model.getRequired().contains(name))) {
        model.addRequiredItem(name);
      }
    }
  }
}
