package dev.blockcopy.engine.command;

import dev.blockcopy.engine.image.ImageFormat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The words raw and qcow2. */
final class ImageFormatConverter implements ITypeConverter<ImageFormat> {
    @Override
    public ImageFormat convert(String word) {
        return switch (word) {
            case "raw" -> ImageFormat.RAW;
            case "qcow2" -> ImageFormat.QCOW2;
            default -> throw new TypeConversionException("'" + word + "' is no format we write: say raw or qcow2");
        };
    }
}
