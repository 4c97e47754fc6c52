"""Articles in six languages, written for the tests of the no-model engine, and notes that could be linked."""

from datetime import date

from enrich.source.source import Source
from enrich.text.span import Span
from enrich.vault.candidate import Candidate
from enrich.vault.link_text import LinkText


def article(title: str, text: str, *, site: str, url: str, language: str, published: date | None = None) -> Source:
    """A source as the extraction would give it."""
    spans, start = [], 0
    for paragraph in text.split("\n\n"):
        spans.append(Span(start, start + len(paragraph)))
        start += len(paragraph) + 2
    return Source(url, title, "h1", site, "", published, "json-ld", language, text, tuple(spans))


ENGLISH = article(
    "Northwind opens its speech model under a license with a user cap",
    """PORTLAND, Oregon — Northwind released its speech model Lark on Tuesday with weights in sizes of 2B, 9B and 34B \
parameters, and a license that lets companies use it for free up to 50 million monthly users.

The company trained Lark on 1.4 million hours of audio, according to a paper that its researchers published. The model \
transcribes 41 languages and runs on a single graphics card. “We want every hospital to be able to afford this,” chief \
executive Dana Okafor said.

Northwind shares rose 6% after the announcement. Rivals charge about $0.36 an hour for the same task.

Lawyers warned that the license leaves the use of recordings without consent unclear. Larger platforms would face a \
fee that Northwind has not named. Privacy groups said the model could make covert recording cheaper. The company did \
not respond to a request for comment on the source of the audio.

Northwind plans to release a smaller model for phones in September. It will also open a service for customers who do \
not want to host Lark themselves. Subscribe to our newsletter!""",
    site="Harbor Tech",
    url="https://harbortech.example/2024/05/14/northwind-lark",
    language="en",
    published=date(2024, 5, 14),
)
GERMAN = article(
    "Stadtwerke Musterstadt: Cyberangriff legt Abrechnung für 40.000 Kunden lahm",
    """Nach einem Cyberangriff haben die Stadtwerke Musterstadt ihre Abrechnungssysteme abgeschaltet. Rund 40.000 \
Kunden können derzeit ihre Rechnungen nicht einsehen, teilte das Unternehmen am Mittwoch mit.

Die Angreifer nutzten offenbar eine Schwachstelle in einer Software für den Dateitransfer. Der Hersteller hatte das \
Update erst zwei Tage zuvor veröffentlicht. Die Stromversorgung ist nach Angaben der Stadtwerke nicht betroffen.

Das Landeskriminalamt ermittelt wegen des Verdachts der Erpressung. Ob Daten abgeflossen sind, ist bisher unklar. Die \
Datenschutzbehörde warnt vor gefälschten Rechnungen, die in den kommenden Wochen verschickt werden könnten. Wir haben \
nichts zu verbergen.

Der Schaden liegt nach ersten Schätzungen bei 1,2 Millionen Euro. Die Stadtwerke rechnen damit, dass die Systeme \
frühestens in zehn Tagen wieder laufen. Die Systeme sollen ab Montag im ganzen Landkreis \
wieder laufen, sagte ein Sprecher.""",
    site="Musterblatt",
    url="https://www.musterblatt.example/it/cyberangriff.html",
    language="de",
)
VIETNAMESE = article(
    "Bộ Công Thương siết quản lý sàn thương mại điện tử xuyên biên giới",
    """Bộ Công Thương vừa yêu cầu các sàn thương mại điện tử xuyên biên giới đăng ký hoạt động tại Việt Nam trước ngày \
30/11, theo văn bản gửi các địa phương hôm 4/11.

Các sàn chưa đăng ký phải dừng quảng cáo cho đến khi hoàn tất thủ tục. Cơ quan này cảnh báo người tiêu dùng về rủi ro \
mất dữ liệu cá nhân khi mua hàng trên các nền tảng chưa được cấp phép.

Tổng cục Thuế cho biết 70% hàng hóa giá trị thấp nhập qua đường bưu điện hiện được miễn thuế. Doanh nghiệp trong nước \
lo ngại áp lực cạnh tranh về giá. Chúng tôi sẽ làm việc với các bên liên quan.

Thương mại điện tử xuyên biên giới tăng trưởng 35% mỗi năm. Việc quản lý chậm có thể gây thất thu thuế hàng nghìn tỷ \
đồng mỗi năm. Người mua cần kiểm tra thông tin trước khi thanh toán.""",
    site="Báo Sông Hàn",
    url="https://songhan.example/thuong-mai-dien-tu.html",
    language="vi",
    published=date(2024, 11, 5),
)
CHINESE = article(
    "云帆科技发布新一代语音模型，推理成本下降一半",
    """云帆科技周日发布了新一代语音模型，参数规模达到340亿，推理成本比上一代下降一半。公司表示，新模型支持41种语言。

新模型每次推理只激活20亿参数，可以在单张显卡上运行。开发者可以通过接口以每小时2元的价格调用模型。公司同时开放了模型权重，允许商业使用。

分析人士警告，低价策略可能引发新一轮价格战。中小厂商面临更大的亏损压力，部分产品已经停止更新。监管部门正在调查录音数据的泄露风险。

“我们会继续降低成本。”公司创始人在发布会上说。多家云服务商宣布将在本月内上线新模型。首批企业客户已经开始测试新的语音模型。""",
    site="河口科技报",
    url="https://www.hekou.example/a/123",
    language="zh",
    published=date(2025, 3, 2),
)
FRENCH = article(
    "Rennes reprend la gestion de ses vélos en libre-service après la faillite de Pédalia",
    """RENNES (QDN) - La ville de Rennes reprend la gestion de ses vélos en libre-service après la faillite de Pédalia.

Le service compte 1 900 vélos et 240 stations. La ville a payé 3,2 millions d'euros pour les vélos. Pédalia employait \
74 personnes, dont 50 gardent leur poste.

Les usagers ont signalé des retards de réparation pendant tout l'hiver. Un rapport critique un contrat signé sans \
contrôle des freins. Les assureurs refusent de couvrir les vélos fabriqués avant 2019.

Le prix de l'abonnement reste fixé à 36 euros par an. Les villes de Nantes et de Brest étudient le même modèle.""",
    site="Le Quai",
    url="https://www.lequai.example/velos",
    language="fr",
)
SPANISH = article(
    "La desaladora de Almenara abre con dos años de retraso y un tercio más de costo",
    """ALMENARA (DDP) - La desaladora de Almenara abrió el jueves con dos años de retraso. La planta da agua a 210.000 \
habitantes de la costa.

El gobierno regional pagó 96 millones de euros por la obra. La planta consume tanta electricidad como un pueblo de \
18.000 habitantes. Unos paneles solares cubrirán la cuarta parte de ese consumo.

Los pescadores temen que la salmuera dañe las praderas marinas frente al puerto. Un informe de la universidad advierte \
de un riesgo para los erizos.

El gobierno prevé construir otra planta en Moncada. Los agricultores pagarán el agua más cara que antes.""",
    site="Diario del Puerto",
    url="https://www.ddp.example/desaladora",
    language="es",
)
ALL = (ENGLISH, GERMAN, FRENCH, SPANISH, VIETNAMESE, CHINESE)


def candidate(number: int, title: str, *, tags: tuple[str, ...] = (), terms: tuple[str, ...] = ()) -> Candidate:
    """A note that could be linked."""
    return Candidate(
        f"n{number}", f"Notes/{title}.md", LinkText(title), title, "A note.", 10.0 - number, (), tags, terms
    )


CANDIDATES = (
    candidate(
        1, "open weights meet the license lawyers", tags=("licensing", "ai"), terms=("license", "weights", "model")
    ),
    candidate(2, "hospital software buys time", tags=("health",), terms=("going", "almost")),
    candidate(3, "speech tools move onto the phone", tags=("ai", "hardware"), terms=("speech", "phones")),
)
KNOWN_TAGS = ("tech-journal", "2024", "ai", "policy", "security", "licensing", "hardware", "ecommerce", "privacy")
