package io.skep.benchmarks.flame;

import static java.util.Locale.ROOT;

import io.skep.benchmarks.flame.Stacks.Node;

/// A flame graph, outermost methods on top: as wide as the share that a method and all it calls
/// have of the whole. A click widens a method to the full picture, and one on the top line goes
/// back.
final class FlameSvg {
  private static final int WIDTH = 1400;
  private static final int ROW = 17;
  private static final int TOP = 30;
  private static final double LETTER = 6.6;

  /// Narrower ones cannot be seen, let alone clicked.
  private static final double LEAST_WIDTH = 0.4;

  private static final String SCRIPT =
      """
      const boxes = [...document.querySelectorAll('g')];
      const draw = (from, width) => boxes.forEach(box => {
        const x = (box.dataset.x - from) / width * %1$d, w = box.dataset.w / width * %1$d;
        box.style.display = x + w <= 0.01 || x >= %1$d - 0.01 ? 'none' : '';
        const left = Math.max(x, 0), seen = Math.min(x + w, %1$d) - left;
        const [rect, text] = [box.querySelector('rect'), box.querySelector('text')];
        rect.setAttribute('x', left);
        rect.setAttribute('width', Math.max(seen - 0.5, 0));
        text.setAttribute('x', left + 3);
        const letters = Math.floor((seen - 6) / %2$s), label = box.dataset.label;
        text.textContent = letters < 3 ? '' : label.length <= letters ? label : label.slice(0, letters - 1) + '…';
      });
      boxes.forEach(box => box.addEventListener('click', () => draw(+box.dataset.x, +box.dataset.w)));
      draw(0, %1$d);
      """
          .formatted(WIDTH, LETTER);

  private final StringBuilder svg = new StringBuilder();
  private final String unit;
  private final long all;
  private int depth;

  private FlameSvg(String unit, long all) {
    this.unit = unit;
    this.all = all;
  }

  /// @param root of some weight
  static String of(Node root, String title, String unit) {
    var flame = new FlameSvg(unit, root.weight);
    flame.box("all", root, 0, 0);
    int height = TOP + (flame.depth + 1) * ROW + 10;
    return String.format(
            ROOT,
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" \
            font-family="monospace" font-size="11">
            <rect width="100%%" height="100%%" fill="white"/>
            <text x="4" y="20" font-size="14">%s</text>
            """,
            WIDTH,
            height,
            WIDTH,
            height,
            escaped(title))
        + flame.svg
        + "<script><![CDATA[\n"
        + SCRIPT
        + "]]></script>\n</svg>\n";
  }

  private void box(String name, Node node, double x, int row) {
    double width = (double) node.weight / all * WIDTH;
    if (width < LEAST_WIDTH) return;
    depth = Math.max(depth, row);
    int y = TOP + row * ROW;
    svg.append(
        String.format(
            ROOT,
            "<g data-x=\"%.3f\" data-w=\"%.3f\" data-label=\"%s\"><title>%s: %,d %s, %.1f %%</title>"
                + "<rect x=\"%.2f\" y=\"%d\" width=\"%.2f\" height=\"%d\" fill=\"%s\"/>"
                + "<text x=\"%.2f\" y=\"%d\"></text></g>%n",
            x,
            width,
            escaped(label(name)),
            escaped(name),
            node.weight,
            unit,
            100.0 * node.weight / all,
            x,
            y,
            width,
            ROW - 1,
            colour(name),
            x + 3,
            y + 12));
    double childX = x;
    for (var child : node.children.entrySet()) {
      box(child.getKey(), child.getValue(), childX, row + 1);
      childX += (double) child.getValue().weight / all * WIDTH;
    }
  }

  /// Class and method; the package is in the title.
  private static String label(String name) {
    int method = name.lastIndexOf('.');
    return method < 0 ? name : name.substring(name.lastIndexOf('.', method - 1) + 1);
  }

  /// Whose it is: ours, the transport's, the log's, the JDK's, another library's.
  private static String colour(String name) {
    if (name.startsWith("io.skep.")) return "#ff9f45";
    if (name.startsWith("io.grpc.") || name.startsWith("io.netty.")) return "#8cc5ff";
    if (name.startsWith("com.google.protobuf.")) return "#8cc5ff";
    if (name.startsWith("org.apache.ratis.")) return "#c9a7ff";
    if (name.startsWith("java.") || name.startsWith("jdk.") || name.startsWith("sun.")) {
      return "#d5d5d5";
    }
    return name.indexOf('.') < 0 ? "#eeeeee" : "#a8dca0";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
