/// Chinese made for the benchmark: sentences of public reports with names, figures and words in their gaps.
/// Some of the words are among the terms, most only begin like one or do not at all.
struct SampleText {
  let bytes: [UInt8]

  /// 州 stands for a division, 词 for a term, 字 for a word of two characters, 数 for a figure, 日 for a date.
  private static let sentences = [
    "日，州与州在词签订协议，双方就字、字等数个方面开展合作。",
    "截至日，州累计投入资金数万元，实施项目数个，惠及群众数户。",
    "在州词考察时，代表团一行参观了词，听取了字工作汇报，并对下一步字提出要求。",
    "会议指出，要围绕字和字，加快推进词建设，确保年底前完成数公里道路。",
    "州选派数名干部到州挂职，其中教师数名、医生数名、字人员数名。",
    "“我们村今年的收成比去年多了数吨。”词负责人说，下一步还要扩大字规模。",
    "据介绍，词位于州境内，占地面积数平方米，总投资数亿元，由词承建。",
    "近年来，州坚持把字作为重点，出台《关于加强字工作的意见》，取得明显成效。\n",
    "日上午，州字对接会在州召开，有关部门、企业和社会组织参加了会议。\n\n",
    "经过三年的努力，词已经从一个偏远的小地方，变成了远近闻名的字基地；人均收入达到数元。",
    "他先后走访了词、词和词，与农牧民亲切交谈，详细了解字、字以及字的情况。",
    "活动期间（日至日），双方互访数次，培训数人次，捐赠物资折合数万元。",
  ]
  private static let common = Array(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定"
      + "行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由"
      + "其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意"
      + "建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统"
      + "接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导"
      + "器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示")

  init(divisions: [String], terms: [String], byteCount: Int) {
    var dice = Dice(seed: 23)
    let words = (0..<20_000).map { _ in String([dice.pick(Self.common), dice.pick(Self.common)]) }
    let sentences = Self.sentences.map(Array.init)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(byteCount + 1_000)
    while bytes.count < byteCount {
      for character in dice.pick(sentences) {
        switch character {
        case "州": bytes += dice.pick(divisions).utf8
        case "词": bytes += dice.pick(terms).utf8
        case "字": bytes += dice.pick(words).utf8
        case "数": bytes += String(dice.next(below: dice.pick([10, 100, 10_000]))).utf8
        case "日": bytes += "\(1 + dice.next(below: 12))月\(1 + dice.next(below: 28))日".utf8
        default: bytes += String(character).utf8
        }
      }
    }
    self.bytes = bytes
  }
}
