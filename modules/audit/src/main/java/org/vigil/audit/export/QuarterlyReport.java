package org.vigil.audit.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/** A quarter's figures as a PDF in A4: headings and lines of text, as many pages as it takes. */
final class QuarterlyReport implements AutoCloseable {
  private static final float MARGIN = 56;
  private static final float SIZE = 10;
  private static final float LEADING = 14;
  private static final int LONGEST = 100;

  private final PDDocument document = new PDDocument();
  private final PDFont regular = new PDType1Font(FontName.HELVETICA);
  private final PDFont bold = new PDType1Font(FontName.HELVETICA_BOLD);
  private PDPageContentStream page;
  private float y;

  QuarterlyReport(String title) throws IOException {
    document.getDocumentInformation().setTitle(title);
    write(bold, 16, title);
  }

  void section(String heading, List<String> lines) throws IOException {
    y -= LEADING / 2;
    write(bold, 12, heading);
    for (String line : lines) {
      write(regular, SIZE, line);
    }
  }

  void write(OutputStream out) throws IOException {
    page.close();
    document.save(out);
  }

  private void write(PDFont font, float size, String text) throws IOException {
    if (page == null || y < MARGIN) {
      turn();
    }
    page.beginText();
    page.setFont(font, size);
    page.newLineAtOffset(MARGIN, y);
    page.showText(printable(text));
    page.endText();
    y -= Math.max(LEADING, size * 1.4f);
  }

  private void turn() throws IOException {
    if (page != null) {
      page.close();
    }
    PDPage next = new PDPage(PDRectangle.A4);
    document.addPage(next);
    page = new PDPageContentStream(document, next);
    y = PDRectangle.A4.getHeight() - MARGIN;
  }

  /** The standard fonts know Latin-1; anything else would stop the report. */
  private static String printable(String text) {
    String latin = text.replaceAll("[^\\x20-\\x7E\\xA0-\\xFF]", "?");
    return latin.length() <= LONGEST ? latin : latin.substring(0, LONGEST) + "...";
  }

  @Override
  public void close() throws IOException {
    document.close();
  }
}
