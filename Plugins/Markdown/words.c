#include "words.h"

#include <string.h>

static const words all[LANGUAGES] =
    {
        [CHINESE] =
            {
                .title = "京蒙旅游协作记录",
                .overview = "总览",
                .source = "来源",
                .failed = "注意：没有完成",
                .stages = "处理经过",
                .documents = "份文档",
                .places = "地点",
                .agencies = "机构",
                .people = "人员与职务",
                .agreements = "协议",
                .dates = "日期",
                .figures = "数字",
                .head_overview = "| 文档 | 地点 | 机构 | 人员 | 协议 |\n| --- | --: | "
                                 "--: | --: | --: |\n",
                .head_agreements =
                    "| 协议 | 状态 | 签署方 | 期限 | 落实 | 原文 | 备注 |\n"
                    "| --- | --- | --- | --- | --- | --- | --- |\n",
                .head_positions = "| 姓名 | 职务 | 机构 | 原文 | 备注 |\n| --- | --- | "
                                  "--- | --- | --- |\n",
                .head_people = "| 姓名 | 原文 | 备注 |\n| --- | --- | --- |\n",
                .head_agencies = "| 机构 | 级别 | 领域 | 提及 | 原文 | 备注 |\n"
                                 "| --- | --- | --- | --: | --- | --- |\n",
                .head_places = "| 地点 | 代码 | 级别 | 上级 | 提及 | 原文 | 备注 |\n"
                               "| --- | --- | --- | --- | --: | --- | --- |\n",
                .head_dates =
                    "| 日期 | 精确到 | 原文 | 备注 |\n| --- | --- | --- | --- |\n",
                .head_figures = "| 数值 | 单位 | 内容 | 所属 | 时间 | 原文 | 备注 |\n"
                                "| --: | --- | --- | --- | --- | --- | --- |\n",
                .head_stages = "| 插件 | 版本 | 方法 | 记录 | 结果 |\n| --- | --- | --- "
                               "| --: | --- |\n",
                .nothing = "没有找到记录。",
                .separator = "、",
                .colon = "：",
                .levels = {"", "全国", "省级", "地级", "县级", "乡级"},
                .statuses = {"", "拟签", "已签署", "已终止"},
                .precisions = {"", "日", "月", "季度", "半年", "年", "时期"},
                .comparators = {"", "不足 ", "不超过 ", "不低于 ", "超过 "},
                .flags = {"承前省略", "指代", "泛指", "各自", "增量", "约数",
                          "据上下文推断", "引述"},
                .facts =
                    {
                        [PAIRINGS] = {"结对帮扶",
                                      "| 帮扶方 | 受帮扶方 | 方式 | 时间 | 区 → 旗县 | "
                                      "原文 | 备注 |\n"
                                      "| --- | --- | --- | --- | --: | --- | --- |\n"},
                        [EVENTS] =
                            {"活动",
                             "| 名称 | 类别 | 日期 | 地点 | 参与方 | 原文 | 备注 |\n"
                             "| --- | --- | --- | --- | --- | --- | --- |\n"},
                        [COMMITMENTS] = {"提议与承诺",
                                         "| 提出方 | 类别 | 内容 | 期限 | 原文 | 备注 |\n"
                                         "| --- | --- | --- | --- | --- | --- |\n"},
                        [PROJECTS] = {"项目",
                                      "| 名称 | 地点 | 金额 | 进展 | 原文 | 备注 |\n"
                                      "| --- | --- | --: | --- | --- | --- |\n"},
                        [BRANDS] = {"品牌与线路",
                                    "| 名称 | 类别 | 地点 | 提出方 | 原文 | 备注 |\n"
                                    "| --- | --- | --- | --- | --- | --- |\n"},
                        [NEEDS] = {"供需", "| 地方或机构 | 类别 | 主题 | 原文 | 备注 |\n"
                                           "| --- | --- | --- | --- | --- |\n"},
                        [FLOWS] = {"客流",
                                   "| 目的地 | 客源地 | 人次 | 消费 | 原文 | 备注 |\n"
                                   "| --- | --- | --: | --: | --- | --- |\n"},
                    },
                .yuan = " 元",
                .events = {"", "会议", "签署", "成立", "介绍", "考察", "启动", "培训"},
                .commitments = {"", "提议", "承诺", "计划", "建议"},
                .progress = {"", "计划", "在建", "完成"},
                .brands = {"", "品牌", "线路", "口号"},
                .units = {"年", "个月", "周", "天"},
                .has_sectors = 1,
                .needs = {"", "需求", "供给"},
            },
        [ENGLISH] =
            {
                .title = "Records of Beijing–Inner Mongolia tourism cooperation",
                .overview = "Overview",
                .source = "Source",
                .failed = "Note: not completed",
                .stages = "What ran",
                .documents = " documents",
                .places = "Places",
                .agencies = "Agencies",
                .people = "People and positions",
                .agreements = "Agreements",
                .dates = "Dates",
                .figures = "Figures",
                .head_overview =
                    "| Document | Places | Agencies | People | Agreements |\n"
                    "| --- | --: | --: | --: | --: |\n",
                .head_agreements =
                    "| Agreement | Status | Parties | Term | Carries out | "
                    "Evidence | Notes |\n"
                    "| --- | --- | --- | --- | --- | --- | --- |\n",
                .head_positions = "| Name | Title | Agency | Evidence | Notes |\n"
                                  "| --- | --- | --- | --- | --- |\n",
                .head_people = "| Name | Evidence | Notes |\n| --- | --- | --- |\n",
                .head_agencies =
                    "| Agency | Level | Sector | Mentions | Evidence | Notes |\n"
                    "| --- | --- | --- | --: | --- | --- |\n",
                .head_places =
                    "| Place | Code | Level | Above it | Mentions | Evidence | Notes |\n"
                    "| --- | --- | --- | --- | --: | --- | --- |\n",
                .head_dates = "| Dates | To the | Evidence | Notes |\n"
                              "| --- | --- | --- | --- |\n",
                .head_figures =
                    "| Value | Unit | Of what | Whose | When | Evidence | Notes |\n"
                    "| --: | --- | --- | --- | --- | --- | --- |\n",
                .head_stages = "| Plugin | Version | Method | Records | Result |\n"
                               "| --- | --- | --- | --: | --- |\n",
                .nothing = "No records were found.",
                .separator = ", ",
                .colon = ": ",
                .levels = {"", "nation", "province", "prefecture", "county", "township"},
                .statuses = {"", "proposed", "signed", "ended"},
                .precisions = {"", "day", "month", "quarter", "half-year", "year",
                               "period"},
                .comparators = {"", "below ", "at most ", "at least ", "above "},
                .flags = {"elided", "coreferent", "generic", "distributive",
                          "delta", "approximate", "inferred", "quoted"},
                .facts =
                    {
                        [PAIRINGS] = {"Pairings",
                                      "| Helper | Helped | Kind | Since | Districts → "
                                      "counties | Evidence | Notes |\n"
                                      "| --- | --- | --- | --- | --: | --- | --- |\n"},
                        [EVENTS] =
                            {"Events",
                             "| Name | Kind | Date | Place | Who took part | Evidence "
                             "| Notes |\n"
                             "| --- | --- | --- | --- | --- | --- | --- |\n"},
                        [COMMITMENTS] =
                            {"Proposals and promises",
                             "| Speaker | Kind | What | Due | Evidence | Notes |\n"
                             "| --- | --- | --- | --- | --- | --- |\n"},
                        [PROJECTS] =
                            {"Projects",
                             "| Name | Place | Amount | State | Evidence | Notes |\n"
                             "| --- | --- | --: | --- | --- | --- |\n"},
                        [BRANDS] =
                            {"Brands and routes",
                             "| Name | Kind | Place | Speaker | Evidence | Notes |\n"
                             "| --- | --- | --- | --- | --- | --- |\n"},
                        [NEEDS] = {"Needs and offers",
                                   "| Party | Kind | Topic | Evidence | Notes |\n"
                                   "| --- | --- | --- | --- | --- |\n"},
                        [FLOWS] =
                            {"Visitors",
                             "| To | From | Visits | Spending | Evidence | Notes |\n"
                             "| --- | --- | --: | --: | --- | --- |\n"},
                    },
                .yuan = " yuan",
                .events = {"", "meeting", "signing", "founding", "presentation", "visit",
                           "opening", "training"},
                .commitments = {"", "proposal", "promise", "plan", "advice"},
                .progress = {"", "planned", "running", "done"},
                .brands = {"", "brand", "route", "slogan"},
                .units = {" years", " months", " weeks", " days"},
                .needs = {"", "need", "offer"},
            },
};

static const char *const sectors[][2] = {
    {"agriculture", "农牧"},
    {"civil_affairs", "民政"},
    {"commerce", "商务"},
    {"congress", "人大"},
    {"construction", "住建"},
    {"consultation", "政协"},
    {"economy", "经济"},
    {"education", "教育"},
    {"environment", "生态环境"},
    {"ethnic_affairs", "民族宗教"},
    {"finance", "财政金融"},
    {"government", "政府"},
    {"health", "卫生健康"},
    {"labour", "人社"},
    {"natural_resources", "自然资源"},
    {"party", "党委"},
    {"poverty_alleviation", "扶贫协作"},
    {"rural_revitalization", "乡村振兴"},
    {"science", "科技"},
    {"sport", "体育"},
    {"tourism", "旅游"},
    {"transport", "交通"},
    {"water", "水利"},
};

const char *sector_name(const words *words, const char *sector, uint32_t len) {
  for (uint32_t i = 0; words->has_sectors && i < DK_COUNT(sectors); i++)
    if (strlen(sectors[i][0]) == len && memcmp(sectors[i][0], sector, len) == 0)
      return sectors[i][1];
  return NULL;
}

const char *duration_unit(const words *words, char letter) {
  static const char letters[] = "YMWD";
  const char *at = letter ? strchr(letters, letter) : NULL;
  return at ? words->units[at - letters] : NULL;
}

const words *words_of(const dk_call *call) {
  const char *at = (const char *)call->metadata;
  for (uint32_t i = 0; i < call->metadata_count; i++, at += call->metadata_stride) {
    const dk_metadata *entry = (const dk_metadata *)(const void *)at;
    if (strcmp(entry->name, "lang") == 0 && entry->value_len == 2 &&
        memcmp(entry->value, "en", 2) == 0)
      return &all[ENGLISH];
  }
  return &all[CHINESE];
}
