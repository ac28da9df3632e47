"""One character in its traditional and its simplified form: the same name, however it is written.

A reader gives the traditional form of small simplified characters now and then (悅 for 悦), people
type what their keyboard offers, and older papers print either.
"""

from types import MappingProxyType
from typing import Final

_PAIRS: Final = (
    "悅悦說说閱阅銳锐稅税呂吕黃黄溫温產产彥彦強强內内來来兒儿亞亚東东陳陈張张劉刘楊杨趙赵吳吴孫孙馬马馮冯鄭郑"
    "鄧邓許许謝谢蕭萧賈贾鄒邹閻阎陸陆龍龙萬万錢钱湯汤賀贺賴赖龔龚顧顾韓韩魯鲁盧卢蔣蒋羅罗曉晓麗丽華华國国"
    "軍军偉伟傑杰艷艳豔艳鳳凤蘭兰蓮莲瓊琼瑩莹瑤瑶寶宝寧宁慶庆榮荣學学愛爱靜静貴贵賢贤輝辉銘铭鋒锋鋼钢錦锦"
    "鵬鹏鶴鹤齊齐樂乐樺桦楓枫棟栋橋桥權权濤涛澤泽濱滨瀟潇燦灿煒炜燁烨爾尔璽玺瑋玮畢毕禎祯禮礼穎颖綺绮維维"
    "綱纲紅红紹绍經经緣缘繼继聖圣聰聪肅肃興兴蘇苏義义習习語语詩诗誠诚諾诺謙谦貝贝財财賓宾贊赞軒轩載载運运"
    "達达遠远邁迈鄉乡鈞钧鈺钰銀银鐵铁長长門门開开陽阳韻韵頌颂頡颉領领顏颜風风飛飞馳驰駿骏騰腾驍骁驊骅魚鱼"
    "鮑鲍鳴鸣鴻鸿鷗鸥鸝鹂麥麦齡龄儀仪億亿優优凱凯劍剑勁劲勛勋勳勋勝胜勵励單单嚴严園园圓圆堅坚壽寿夢梦奮奋"
    "婭娅嬌娇嫻娴宮宫實实尋寻導导岡冈島岛峽峡帥帅師师廣广廬庐徑径從从憶忆應应懷怀戰战揚扬撫抚時时晉晋曄晔"
    "暉晖書书會会條条楨桢業业標标樹树橫横檸柠櫻樱歐欧歡欢氣气淨净淵渊滿满漢汉潔洁潤润澗涧濟济灣湾無无營营"
    "爭争獻献瑪玛環环現现瓏珑畫画皚皑監监眾众衆众禪禅離离積积競竞筆笔節节簡简籃篮粵粤紀纪純纯紓纾紗纱細细"
    "絲丝綠绿綾绫緒绪緯纬練练縱纵織织繡绣繪绘聞闻聯联聲声臨临與与莊庄蔭荫藍蓝藝艺螢萤見见覺觉觀观訓训記记"
    "詞词詳详誼谊論论譚谭護护讓让貞贞貢贡資资賦赋質质贏赢躍跃車车輕轻輔辅農农進进遙遥遜逊遲迟遷迁鄔邬鄺邝"
    "酈郦釋释鈴铃鉉铉銓铨鍵键鎮镇鏡镜鑄铸鑒鉴閃闪閎闳閔闵閣阁闊阔關关隨随隱隐雋隽雙双難难靈灵頂顶項项順顺"
    "預预頤颐頻频顯显飄飘養养饒饶駒驹駱骆騏骐驕骄驗验驥骥鯉鲤鯤鲲鶯莺鸞鸾點点黨党龐庞"
)
"""Traditional and simplified by turns. Forms that more than one simplified character answers to,
or whose simplified form is a name of its own, are left out: 範 and 范, 後 and 后, 鍾 and 钟."""
_SIMPLIFIED: Final = MappingProxyType(dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)))
_TABLE: Final = str.maketrans(dict(_SIMPLIFIED))


def simplified(text: str) -> str:
    """A text with each of these characters in its simplified form; for comparing, never to show."""
    return text.translate(_TABLE)
