"""The screens, one module each, and the register from which sidebar, go-to and palette are made.

Only screens that exist stand here, in the order in which the handbook's work goes. A screen's module is imported when
it is first opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from kyoju_tui.ui.screens.base import KyojuScreen


@dataclass(frozen=True, slots=True)
class ScreenEntry:
    """One screen that people go to: its name in kanji, kana and romaji, where its class is, and one sentence of help.

    `place` is `.module:class`, in this package.
    """

    label: str
    reading: str
    romaji: str
    place: str
    help: str

    def factory(self, **context: object) -> KyojuScreen:
        """Make the screen; `context` is for its class."""
        module, _, name = self.place.partition(":")
        made = getattr(import_module(module, __name__), name)
        return cast("KyojuScreen", made(**context))


FIRST: Final = "matrix"

SCREENS: Final[dict[str, ScreenEntry]] = {
    "home": ScreenEntry(
        "ホーム", "ほーむ", "homu", ".home:HomeScreen", "今日すること、進み具合、前回から変わったことを見ます"
    ),
    "policy": ScreenEntry(
        "居住コミュニティ政策", "きょじゅうこみゅにてぃせいさく", "kyoju komyuniti seisaku", ".policy:PolicyScreen",
        "担当部局、目的と方向性、役割、関係者への説明です",
    ),
    "matrix": ScreenEntry(
        "一覧表", "いちらんひょう", "ichiranhyo", ".matrix:MatrixScreen",
        "カテゴリーと部署の表。空いているところが先に見えます",
    ),
    "findings": ScreenEntry(
        "論点・確認事項", "ろんてん かくにんじこう", "ronten kakuninjiko", ".findings:FindingsScreen",
        "話し合う点と確かめる点を整理します",
    ),
    "entries": ScreenEntry(
        "取組・課題", "とりくみ かだい", "torikumi kadai", ".entries:EntriesScreen",
        "各部署の取組・課題・データの一覧です",
    ),
    "category-table": ScreenEntry(
        "カテゴリー別整理表", "かてごりーべつせいりひょう", "kategoribetsu seirihyo",
        ".category_table:CategoryTableScreen", "取組中・検討中・既往データ・課題をカテゴリーごとに見ます",
    ),
    "causes": ScreenEntry(
        "原因と結果", "げんいんとけっか", "genin to kekka", ".causes:CausesScreen",
        "課題のつながりを、原因から結果への木で見ます",
    ),
    "inquiries": ScreenEntry(
        "照会", "しょうかい", "shokai", ".inquiries:InquiriesScreen", "各部署への照会と、その回答の状況です"
    ),
    "datasets": ScreenEntry(
        "基礎データ", "きそでーた", "kiso deta", ".datasets:DatasetsScreen",
        "人口や住宅などの資料と、その時点・出所です"
    ),
    "meetings": ScreenEntry("会議", "かいぎ", "kaigi", ".meetings:MeetingsScreen", "会議の記録と意見の一覧です"),
    "series": ScreenEntry(
        "会議の系列", "かいぎのけいれつ", "kaigi keiretsu", ".series:SeriesScreen", "定期の会議と、その間隔です"
    ),
    "actions": ScreenEntry(
        "対応事項", "たいおうじこう", "taio jiko", ".actions:ActionsScreen",
        "会議で決まった、これから行うことと期日です",
    ),
    "collaborations": ScreenEntry(
        "連携協働", "れんけいきょうどう", "renkei kyodo", ".collaborations:CollaborationsScreen",
        "2つ以上の部署で行うことと、その分担です",
    ),
    "themes": ScreenEntry(
        "テーマ", "てーま", "tema", ".themes:ThemesScreen", "優先して話し合うことと、その順位です"
    ),
    "framework": ScreenEntry(
        "推進体制", "すいしんたいせい", "suishin taisei", ".framework:FrameworkScreen",
        "連携の進め方、実績と課題、検証、移行です",
    ),
    "integrated-care": ScreenEntry(
        "地域包括ケア", "ちいきほうかつけあ", "chiiki hokatsu kea", ".care:CareScreen",
        "日常生活圏域ごとに、医療から住まいまでの支えを見ます",
    ),
    "areas": ScreenEntry("地域", "ちいき", "chiiki", ".areas:AreasScreen", "候補・モデル・対象の地域です"),
    "groups": ScreenEntry("団体", "だんたい", "dantai", ".groups:GroupsScreen", "地域で活動する団体・事業者です"),
    "people": ScreenEntry(
        "キーパーソン", "きーぱーそん", "ki pason", ".people:PeopleScreen",
        "役割で表したキーパーソンです（氏名は書きません）"
    ),
    "surveys": ScreenEntry(
        "アンケート・ヒアリング", "あんけーと ひありんぐ", "anketo hiaringu", ".surveys:SurveysScreen",
        "団体などに聞いたことと、その回答の状況です",
    ),
    "image-map": ScreenEntry(
        "イメージ図", "いめーじず", "imejizu", ".image_map:ImageMapScreen",
        "まちの場所に、取組・課題・意見などを置いて見る図です",
    ),
    "history": ScreenEntry(
        "履歴", "りれき", "rireki", ".history:HistoryScreen",
        "だれが・いつ・何を変えたかを見ます。2つの時点を比べ、以前の内容に戻せます",
    ),
    "sync": ScreenEntry(
        "送受信", "そうじゅしん", "sojushin", ".sync:SyncScreen",
        "ほかの場所の写しと記録をやり取りします。食い違いはここで決めます",
    ),
    "drafts": ScreenEntry(
        "下書き", "したがき", "shitagaki", ".drafts:DraftsScreen",
        "入力して、まだ記録していない内容です。続きから入力できます",
    ),
    "departments": ScreenEntry(
        "部署", "ぶしょ", "busho", ".departments:DepartmentsScreen", "一覧表の列になる部署です"
    ),
    "categories": ScreenEntry(
        "カテゴリー", "かてごりー", "kategori", ".categories:CategoriesScreen", "一覧表の行になるカテゴリーです"
    ),
    "april": ScreenEntry(
        "年度替わり", "ねんどがわり", "nendogawari", ".april:AprilScreen",
        "部署の改称・分割・統合・廃止と、終わった年度の実績です",
    ),
    "settings": ScreenEntry(
        "設定", "せってい", "settei", ".settings:SettingsScreen",
        "市町村名や目安の数、部署とカテゴリー、自分の画面の好みです",
    ),
    "problems": ScreenEntry(
        "点検", "てんけん", "tenken", ".problems:ProblemsScreen", "直すところと、その直し方です"
    ),
}  # fmt: skip
