#include "office.h"

#define STYLED(codes, styles)                                                            \
  "<styleSheet xmlns='" SHEET_SPACE "'><numFmts>" codes "</numFmts><cellXfs>" styles     \
  "</cellXfs></styleSheet>"
#define CODE(id, code)            "<numFmt numFmtId='" id "' formatCode='" code "'/>"
#define FORMAT(id)                "<xf numFmtId='" id "'/>"
#define C(ref, attributes, value) "<c r='" ref "' " attributes "><v>" value "</v></c>"
#define ROW(number, cells)        "<row r='" number "'>" cells "</row>"
#define ONE(attributes, value)    DATA(ROW("1", C("A1", attributes, value)))
#define STRINGS(xml)              "<sst xmlns='" SHEET_SPACE "'>" xml "</sst>"
#define HEAD                      "H1 @甲 甲\n"
#define ALONE(value)              HEAD "|C1 0:1:1 @甲 " value "\n"

static const char common_styles[] =
    STYLED(CODE("164", "yyyy\"年\"m\"月\"") CODE("165", "[$-804]m\"月\"d\"日\";@")
               CODE("166", "h:mm") CODE("167", "[h]:mm:ss")
                   CODE("168", "yyyy/m/d\\ h:mm:ss AM/PM") CODE("169", "0.00E+00")
                       CODE("170", "#,##0\"元/day\"_);[Red]0") CODE("171", "yyyy")
                           CODE("172", "0.0%"),
           FORMAT("0") FORMAT("14") FORMAT("22") FORMAT("9") FORMAT("164") FORMAT("165")
               FORMAT("166") FORMAT("167") FORMAT("168") FORMAT("169") FORMAT("170")
                   FORMAT("171") FORMAT("172") FORMAT("27") FORMAT("32") FORMAT("45"));

/// A sheet, the workbook's strings if need be, and the pieces of it.
static const struct {
  const char *name, *sheet, *strings, *expected;
} sheets[] = {
    {"cells by their references",
     DATA(ROW("2", C("B2", "", "1") C("D2", "", "2")) ROW("5", C("A5", "", "3"))), NULL,
     HEAD "|C1 0:2:2 @甲 1\t|C1 0:2:4 @甲 2\n|C1 0:5:1 @甲 3\n"},
    {"cells without references follow each other",
     DATA("<row><c><v>1</v></c><c/><c><v>2</v></c></row><row><c><v>3</v></c></row>"),
     NULL, HEAD "|C1 0:1:1 @甲 1\t|C1 0:1:3 @甲 2\n|C1 0:2:1 @甲 3\n"},
    {"shared strings, their runs joined and without readings",
     DATA(ROW("1", C("A1", "t='s'", "1") C("B1", "t='s'", "0"))),
     STRINGS("<si><t>a</t></si><si><r><t>京</t></r><r><t>蒙</t></r><rPh><t>jing</t></"
             "rPh></si>"),
     HEAD "|C1 0:1:1 @甲 京蒙\t|C1 0:1:2 @甲 a\n"},
    {"inline strings, with escapes",
     DATA(ROW("1", "<c t='inlineStr'><is><r><t>a_x000D_b</t></r><r><t> _x005F_c</t></r>"
                   "<rPh><t>x</t></rPh></is></c>")),
     NULL, ALONE("a b _c")},
    {"line breaks and tabs in a value are spaces", ONE("t='str'", "a\nb&#9;c"), NULL,
     ALONE("a b c")},
    {"the noise of floating point goes", ONE("", "0.30000000000000004"), NULL,
     ALONE("0.3")},
    {"no more than 15 digits", ONE("", "123456789012345678"), NULL,
     ALONE("123456789012346000")},
    {"small numbers without an exponent", ONE("", "-1.5E-7"), NULL, ALONE("-0.00000015")},
    {"zero has no sign", ONE("", "-0"), NULL, ALONE("0")},
    {"very large numbers keep their exponent", ONE("", "1E+300"), NULL, ALONE("1e+300")},
    {"what is no number stays as it is", ONE("", "0x10"), NULL, ALONE("0x10")},
    {"dates", ONE("s='1'", "43285"), NULL, ALONE("2018-07-04")},
    {"dates with a time", ONE("s='2'", "43285.395833333336"), NULL,
     ALONE("2018-07-04 09:30")},
    {"percentages", ONE("s='3'", "0.125"), NULL, ALONE("12.5%")},
    {"percentages without noise", ONE("s='12'", "0.07"), NULL, ALONE("7%")},
    {"years with months", ONE("s='4'", "43282"), NULL, ALONE("2018-07")},
    {"months with days are whole dates", ONE("s='5'", "43285"), NULL,
     ALONE("2018-07-04")},
    {"years alone", ONE("s='11'", "43282"), NULL, ALONE("2018")},
    {"times", ONE("s='6'", "0.3958333333"), NULL, ALONE("09:30")},
    {"minutes and seconds", ONE("s='15'", "0.0006944444"), NULL, ALONE("00:01:00")},
    {"hours beyond a day", ONE("s='7'", "1.1458333333"), NULL, ALONE("27:30:00")},
    {"dates with seconds and halves of days", ONE("s='8'", "43285.75"), NULL,
     ALONE("2018-07-04 18:00:00")},
    {"exponents are no years", ONE("s='9'", "43285"), NULL, ALONE("43285")},
    {"what is quoted in a format is no date", ONE("s='10'", "43285"), NULL,
     ALONE("43285")},
    {"formats of the language: a date", ONE("s='13'", "43285"), NULL,
     ALONE("2018-07-04")},
    {"formats of the language: a time", ONE("s='14'", "0.5"), NULL, ALONE("12:00")},
    {"the 29th of February 1900, which Excel has", ONE("s='1'", "60"), NULL,
     ALONE("1900-02-29")},
    {"the days around it",
     DATA(ROW("1", C("A1", "s='1'", "1") C("B1", "s='1'", "59") C("C1", "s='1'", "61"))),
     NULL,
     HEAD
     "|C1 0:1:1 @甲 1900-01-01\t|C1 0:1:2 @甲 1900-02-28\t|C1 0:1:3 @甲 1900-03-01\n"},
    {"the last day", ONE("s='1'", "2958465"), NULL, ALONE("9999-12-31")},
    {"what is no date in a date's format is a number", ONE("s='1'", "-5"), NULL,
     ALONE("-5")},
    {"a style that is not there", ONE("s='99'", "43285"), NULL, ALONE("43285")},
    {"truth", DATA(ROW("1", C("A1", "t='b'", "1") C("B1", "t='b'", "0"))), NULL,
     HEAD "|C1 0:1:1 @甲 TRUE\t|C1 0:1:2 @甲 FALSE\n"},
    {"errors", ONE("t='e'", "#REF!"), NULL, ALONE("#REF!")},
    {"dates of the strict edition", ONE("t='d'", "2018-07-04T00:00:00"), NULL,
     ALONE("2018-07-04")},
    {"the value of a formula, not the formula",
     DATA(ROW("1", "<c r='A1' t='str'><f>\"x\"&amp;1</f><v>x1</v></c>")), NULL,
     ALONE("x1")},
    {"a formula without a value gives nothing",
     DATA(ROW("1", "<c r='A1'><f>1+1</f></c>" C("B1", "", "2"))), NULL,
     HEAD "|C1 0:1:2 @甲 2\n"},
    {"merged cells have their value in the first",
     SHEET("<sheetData>" ROW(
         "2", C("B2", "", "1") "<c r='C2'/>") "</sheetData><mergeCells><mergeCell "
                                              "ref='B2:D5'/><mergeCell ref='A1:'/>"
                                              "</mergeCells>"),
     NULL, HEAD "|C1 0:2:2+4x3 @甲 1\n"},
    {"a sheet without cells has its name", SHEET(""), NULL, HEAD},
};

static const struct {
  const char *name;
  zip_part parts[OFFICE_PARTS];
  const char *expected;
} files[] = {
    {"sheets in the workbook's order, without hidden ones and charts",
     {{"xl/workbook.xml",
       SHEETS("<sheet name='乙' r:id='r2'/><sheet name='藏' state='hidden' "
              "r:id='r3'/><sheet "
              "name='图' r:id='r4'/><sheet name='甲' r:id='r1'/>"),
       0, 0},
      {"xl/_rels/workbook.xml.rels",
       RELATIONSHIPS(TO("r1", "worksheet", "worksheets/a.xml")
                         TO("r2", "worksheet", "/xl/worksheets/b.xml")
                             TO("r3", "worksheet", "worksheets/c.xml")
                                 TO("r4", "chartsheet", "worksheets/d.xml")),
       0, 0},
      {"xl/worksheets/a.xml", ONE("", "1"), 0, 0},
      {"xl/worksheets/b.xml", ONE("", "2"), 0, 0},
      {"xl/worksheets/c.xml", ONE("", "3"), 0, 0},
      {"xl/worksheets/d.xml", ONE("", "4"), 0, 0}},
     "H1 @乙 乙\n|C1 0:1:1 @乙 2\n|H4 @甲 甲\n|C4 0:1:1 @甲 1\n"},
    {"days are counted from 1904",
     {{"xl/workbook.xml",
       "<workbook xmlns='" SHEET_SPACE "'><workbookPr date1904='1'/><sheets><sheet "
       "name='甲'/></sheets></workbook>",
       0, 0},
      {"xl/worksheets/sheet1.xml",
       DATA(ROW("1", C("A1", "s='1'", "41823") C("B1", "s='1'", "0"))), 0, 0},
      {"xl/styles.xml", STYLED("", FORMAT("0") FORMAT("14")), 0, 0}},
     HEAD "|C1 0:1:1 @甲 2018-07-04\t|C1 0:1:2 @甲 1904-01-01\n"},
    {"the strict edition's names are known",
     {{"xl/workbook.xml",
       "<workbook xmlns='http://purl.oclc.org/ooxml/spreadsheetml/main'><sheets><sheet "
       "name='甲'/></sheets></workbook>",
       0, 0},
      {"xl/worksheets/sheet1.xml",
       "<worksheet xmlns='http://purl.oclc.org/ooxml/spreadsheetml/main'><sheetData><row>"
       "<c><v>1</v></c></row></sheetData></worksheet>",
       0, 0}},
     ALONE("1")},
    {"elements with a prefix",
     {{"xl/workbook.xml", ONE_SHEET, 0, 0},
      {"xl/worksheets/sheet1.xml",
       "<x:worksheet xmlns:x='" SHEET_SPACE
       "'><x:sheetData><x:row><x:c><x:v>1</x:v></x:c>"
       "</x:row></x:sheetData></x:worksheet>",
       0, 0}},
     ALONE("1")},
};

int test_workbooks(const reader *r) {
  int failed = 0;
  for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
    zip_part parts[OFFICE_PARTS] = {
        {"xl/workbook.xml", ONE_SHEET, 0, 0},
        {"xl/worksheets/sheet1.xml", sheets[i].sheet, 0, ZIP_DEFLATED},
        {"xl/sharedStrings.xml", sheets[i].strings, 0, 0},
        {"xl/styles.xml", common_styles, 0, 0}};
    reading found = read_office(r, parts);
    failed += check_reading(sheets[i].name, &found, sheets[i].expected, DK_OK, "");
    reading_free(&found);
  }
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    reading found = read_office(r, files[i].parts);
    failed += check_reading(files[i].name, &found, files[i].expected, DK_OK, "");
    reading_free(&found);
  }
  return failed;
}
