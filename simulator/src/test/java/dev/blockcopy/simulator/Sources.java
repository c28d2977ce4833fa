package dev.blockcopy.simulator;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The files of this repository as they are checked out, for tests about their form. */
final class Sources {
    /** A method and how many lines it has, its signature included. */
    record Method(String name, long lines) {}

    private Sources() {}

    /** The directory of the whole repository. */
    static Path root() {
        Path dir = Path.of("").toAbsolutePath();
        while (!Files.exists(dir.resolve("mvnw"))) {
            dir = dir.getParent();
        }
        return dir;
    }

    /** All files that people edit, whose name ends so. */
    static List<Path> ending(String suffix) throws IOException {
        try (Stream<Path> paths = Files.walk(root())) {
            return paths.filter(path -> path.toString().endsWith(suffix))
                    .filter(path -> isOurs(root().relativize(path)))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isOurs(Path path) {
        return Stream.of("target", ".git", ".mvn")
                .noneMatch(name -> path.startsWith(name) || path.toString().contains("/" + name + "/"));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The methods and constructors of all these files. */
    static List<Method> methodsIn(List<Path> files) throws IOException {
        List<Method> methods = new ArrayList<>();
        scan(files, (unit, positions) -> new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethod(MethodTree method, Void nothing) {
                LineMap map = unit.getLineMap();
                long start = map.getLineNumber(positions.getStartPosition(unit, method));
                long end = map.getLineNumber(positions.getEndPosition(unit, method));
                String file =
                        root().relativize(Path.of(unit.getSourceFile().toUri())).toString();
                methods.add(new Method(file + " " + method.getName(), end - start + 1));
                return super.visitMethod(method, nothing);
            }
        });
        return methods;
    }

    /** The names of all types in these files. */
    static List<String> typesIn(List<Path> files) throws IOException {
        List<String> types = new ArrayList<>();
        scan(files, (unit, positions) -> new TreeScanner<Void, Void>() {
            @Override
            public Void visitClass(ClassTree type, Void nothing) {
                types.add(type.getSimpleName().toString());
                return super.visitClass(type, nothing);
            }
        });
        return types;
    }

    private interface Scan {
        TreeScanner<Void, Void> of(CompilationUnitTree unit, SourcePositions positions);
    }

    private static void scan(List<Path> files, Scan scan) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                unit.accept(scan.of(unit, positions), null);
            }
        }
    }
}
