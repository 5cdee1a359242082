package io.skep.e2e;

import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.Set;

/// Lets the JVM that it is loaded into find a bad disk: as long as a file is there, its
/// [java.nio.channels.FileChannel]s fail to sync or to write. See [DiskFault], which puts it into a
/// jar.
public final class DiskFaultAgent implements ClassFileTransformer {
  private static final String TARGET = "sun/nio/ch/FileChannelImpl";
  private static final Set<String> OPERATIONS = Set.of("force", "write");
  private static final ClassDesc FILE_CHANNEL = ClassDesc.ofInternalName(TARGET);
  private static final ClassDesc FILE = File.class.describeConstable().orElseThrow();
  private static final ClassDesc IO_EXCEPTION = IOException.class.describeConstable().orElseThrow();
  private static final ClassDesc CHAR_SEQUENCE =
      CharSequence.class.describeConstable().orElseThrow();

  /// What operating systems say.
  private static final String MESSAGE = "Input/output error";

  private final String trigger;
  private final String where;

  private DiskFaultAgent(String trigger, String where) {
    this.trigger = trigger;
    this.where = where;
  }

  /// @param arguments a path, and a part of those files' paths that are to be concerned; with the
  ///   path and `.force` or `.write` there is a file as long as syncing or writing fails
  public static void premain(String arguments, Instrumentation jvm)
      throws ClassNotFoundException, UnmodifiableClassException {
    String[] parts = arguments.split(",", 2);
    jvm.addTransformer(new DiskFaultAgent(parts[0], parts[1]), true);
    jvm.retransformClasses(Class.forName(TARGET.replace('/', '.')));
  }

  @Override
  public byte[] transform(
      Module module,
      ClassLoader loader,
      String name,
      Class<?> before,
      ProtectionDomain domain,
      byte[] bytes) {
    if (!TARGET.equals(name)) return null;
    try {
      ClassFile format = ClassFile.of();
      return format.transformClass(format.parse(bytes), this::transform);
    } catch (RuntimeException | Error e) {
      // Or the JVM would go on with the class as it was, and say nothing.
      e.printStackTrace();
      Runtime.getRuntime().halt(77);
      throw e;
    }
  }

  private void transform(ClassBuilder target, ClassElement element) {
    if (element instanceof MethodModel method
        && OPERATIONS.contains(method.methodName().stringValue())) {
      String operation = method.methodName().stringValue();
      target.transformMethod(method, MethodTransform.transformingCode(failing(operation)));
    } else {
      target.with(element);
    }
  }

  private CodeTransform failing(String operation) {
    return new CodeTransform() {
      @Override
      public void atStart(CodeBuilder code) {
        failIfTriggered(code, trigger + "." + operation);
      }

      @Override
      public void accept(CodeBuilder code, CodeElement element) {
        code.with(element);
      }
    };
  }

  /// `if (path != null && path.contains(where) && new File(file).exists()) throw new IOException()`
  private void failIfTriggered(CodeBuilder code, String file) {
    var go = code.newLabel();
    code.aload(0)
        .getfield(FILE_CHANNEL, "path", ConstantDescs.CD_String)
        .ifnull(go)
        .aload(0)
        .getfield(FILE_CHANNEL, "path", ConstantDescs.CD_String)
        .ldc(where)
        .invokevirtual(
            ConstantDescs.CD_String,
            "contains",
            MethodTypeDesc.of(ConstantDescs.CD_boolean, CHAR_SEQUENCE))
        .ifeq(go)
        .new_(FILE)
        .dup()
        .ldc(file)
        .invokespecial(
            FILE,
            ConstantDescs.INIT_NAME,
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String))
        .invokevirtual(FILE, "exists", MethodTypeDesc.of(ConstantDescs.CD_boolean))
        .ifeq(go)
        .new_(IO_EXCEPTION)
        .dup()
        .ldc(MESSAGE)
        .invokespecial(
            IO_EXCEPTION,
            ConstantDescs.INIT_NAME,
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String))
        .athrow()
        .labelBinding(go);
  }
}
