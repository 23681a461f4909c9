"""English for every text of the facts: names, places, choices and phrases, and patterns for what holds numbers."""

from __future__ import annotations

import re
from collections.abc import Callable

from houses.english.phrases import PHRASES

COMPANY = "Jieyuan International Freight Forwarding Co., Ltd."
PEOPLE = {
    "林晓": "Lin Xiao",
    "赵敏": "Zhao Min",
    "陈立": "Chen Li",
    "刘芳": "Liu Fang",
    "孙丽": "Sun Li",
    "吴国平": "Wu Guoping",
    "王敏": "Wang Min",
    "李强": "Li Qiang",
    "周婷": "Zhou Ting",
    "何军": "He Jun",
    "张伟": "Zhang Wei",
    "王建军": "Wang Jianjun",
    "何建国": "He Jianguo",
    "林国栋": "Lin Guodong",
}
PARTIES = {
    "捷远国际货运代理有限公司": COMPANY,
    "深圳捷远国际货代公司": "Shenzhen Jieyuan Freight Agency",
    "捷远国际": "Jieyuan International",
    "捷远货代": "Jieyuan Freight",
    "深圳市恒昌电子有限公司": "Shenzhen Hengchang Electronics Co., Ltd.",
    "恒昌电子": "Hengchang Electronics",
    "恒昌电子（深圳）": "Hengchang Electronics (Shenzhen)",
    "恒昌电子(深圳)": "Hengchang Electronics (Shenzhen)",
    "恒昌电器": "Hengchang Electric Appliances",
    "深圳恒昌": "Shenzhen Hengchang",
    "东莞市百利塑胶制品有限公司": "Dongguan Baili Plastic Products Co., Ltd.",
    "百利塑胶": "Baili Plastics",
    "广州市雅织服饰有限公司": "Guangzhou Yazhi Garments Co., Ltd.",
    "雅织服饰": "Yazhi Garments",
    "广州市雅织贸易有限公司": "Guangzhou Yazhi Trading Co., Ltd.",
    "佛山市顺锦家居有限公司": "Foshan Shunjin Furniture Co., Ltd.",
    "顺锦家居": "Shunjin Furniture",
    "惠州市天域照明有限公司": "Huizhou Tianyu Lighting Co., Ltd.",
    "天域照明": "Tianyu Lighting",
    "中山市澜沁卫浴有限公司": "Zhongshan Lanqin Sanitary Ware Co., Ltd.",
    "澜沁卫浴": "Lanqin Sanitary Ware",
    "深圳市云驰跨境电商有限公司": "Shenzhen Yunchi Cross-Border E-commerce Co., Ltd.",
    "云驰跨境": "Yunchi Cross-Border",
    "云驰跨境电商（深圳）": "Yunchi Cross-Border E-commerce (Shenzhen)",
    "云驰跨境电商(深圳)": "Yunchi Cross-Border E-commerce (Shenzhen)",
    "珠海市海拓贸易有限公司": "Zhuhai Haituo Trading Co., Ltd.",
    "海拓贸易": "Haituo Trading",
    "陈记批发": "Chen Kee Wholesale",
    "广州市易尚鞋业商行": "Guangzhou Yishang Footwear Traders",
    "易尚鞋业": "Yishang Footwear",
    "深圳市小满礼品店": "Shenzhen Xiaoman Gift Shop",
    "小满礼品": "Xiaoman Gifts",
    "东莞市鑫旺五金经营部": "Dongguan Xinwang Hardware Store",
    "鑫旺五金": "Xinwang Hardware",
    "顺途速运": "Shuntu Express",
    "顺途速运（深圳）有限公司": "Shuntu Express (Shenzhen) Co., Ltd.",
    "中外联航空货运": "Zhongwailian Air Cargo",
    "中外联航空货运代理有限公司": "Zhongwailian Air Cargo Agency Co., Ltd.",
    "宏海船务": "Honghai Shipping",
    "宏海船务有限公司": "Honghai Shipping Co., Ltd.",
    "粤通专线物流": "Yuetong Line Haul Logistics",
    "粤通专线物流有限公司": "Yuetong Line Haul Logistics Co., Ltd.",
    "粤通专线": "Yuetong Line Haul",
    "DHX国际快件代理": "DHX International Express Agency",
    "DHX国际快件代理有限公司": "DHX International Express Agency Co., Ltd.",
    "DHX国际快件": "DHX International Express",
    "腾辉报关行": "Tenghui Customs Brokers",
    "腾辉报关": "Tenghui Customs",
    "东莞兴发包装": "Dongguan Xingfa Packaging",
    "东莞兴发包装材料有限公司": "Dongguan Xingfa Packaging Materials Co., Ltd.",
    "兴发包装": "Xingfa Packaging",
    "深圳联和五金托盘": "Shenzhen Lianhe Pallets",
    "深圳联和五金托盘厂": "Shenzhen Lianhe Hardware & Pallet Works",
    "联和托盘": "Lianhe Pallets",
    "启达广告": "Qida Advertising",
    "鸿达图文": "Hongda Print & Copy",
    "国家税务总局深圳市税务局": "Shenzhen Tax Bureau, State Taxation Administration",
    "深圳市宝安兴华物业管理有限公司": "Shenzhen Bao'an Xinghua Property Management Co., Ltd.",
    "深圳市社会保险基金管理局": "Shenzhen Social Insurance Fund Administration",
    "支付宝（中国）网络技术有限公司": "Alipay (China) Network Technology Co., Ltd.",
    "深圳市安居维修服务部": "Shenzhen Anju Repair Services",
    "深圳市畅行旅行社有限公司": "Shenzhen Changxing Travel Agency Co., Ltd.",
    "东莞市广源仓储有限公司": "Dongguan Guangyuan Warehousing Co., Ltd.",
    "中国电信深圳分公司": "China Telecom Shenzhen Branch",
    "中石化深圳石油分公司": "Sinopec Shenzhen Oil Branch",
    "广东联合电子服务股份有限公司": "Guangdong United Electronic Toll Services Co., Ltd.",
    "深圳市佳印耗材有限公司": "Shenzhen Jiayin Printing Supplies Co., Ltd.",
    "深圳市力达装卸服务部": "Shenzhen Lida Loading Services",
    "深圳市捷包材料商行": "Shenzhen Jiebao Packing Supplies",
    "深圳市明光电气服务部": "Shenzhen Mingguang Electrical Services",
    "深圳市晨光文具商行": "Shenzhen Chenguang Stationery",
    "深圳市清泉饮用水有限公司": "Shenzhen Qingquan Drinking Water Co., Ltd.",
    "深圳市湘味餐饮有限公司": "Shenzhen Xiangwei Catering Co., Ltd.",
    "深圳市邮政服务有限公司": "Shenzhen Postal Services Co., Ltd.",
    "深圳市顺捷运输有限公司": "Shenzhen Shunjie Transport Co., Ltd.",
}
PLACES = {
    "宝安": "Bao'an",
    "龙岗": "Longgang",
    "东莞": "Dongguan",
    "上海": "Shanghai",
    "北京": "Beijing",
    "成都": "Chengdu",
    "杭州": "Hangzhou",
    "武汉": "Wuhan",
    "洛杉矶": "Los Angeles",
    "法兰克福": "Frankfurt",
    "东京": "Tokyo",
    "新加坡": "Singapore",
    "汉堡": "Hamburg",
    "鹿特丹": "Rotterdam",
    "长滩": "Long Beach",
    "长沙": "Changsha",
    "南宁": "Nanning",
    "福州": "Fuzhou",
    "贵阳": "Guiyang",
    "南昌": "Nanchang",
    "昆明": "Kunming",
    "纽约": "New York",
    "伦敦": "London",
    "巴黎": "Paris",
    "悉尼": "Sydney",
}
_CITIES = {
    "深圳市": "Shenzhen",
    "东莞市": "Dongguan",
    "惠州市": "Huizhou",
    "中山市": "Zhongshan",
    "佛山市": "Foshan",
    "广州市": "Guangzhou",
}
_TRADES = {
    "塑胶": "Plastics",
    "灯饰": "Lighting",
    "五金": "Hardware",
    "箱包": "Luggage",
    "玩具": "Toys",
    "纺织": "Textiles",
    "数码": "Digital",
}
_NAMES = {
    "瑞丰": "Ruifeng",
    "宏达": "Hongda",
    "金泰": "Jintai",
    "华盛": "Huasheng",
    "联创": "Lianchuang",
    "永信": "Yongxin",
    "新航": "Xinhang",
    "东升": "Dongsheng",
    "卓越": "Zhuoyue",
    "嘉益": "Jiayi",
    "利源": "Liyuan",
}
_CHINESE = re.compile("[⺀-鿿，。、；：（）￥“”]")
_WORDS = PEOPLE | PARTIES | PLACES | PHRASES

_Match = re.Match[str]
_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[_Match], str]], ...] = (
    (re.compile(r"收据(\d+)"), lambda m: f"Receipt {m[1]}"),
    (re.compile(r"收据(\d+)、(\d+)"), lambda m: f"Receipts {m[1]}, {m[2]}"),
    (re.compile(r"(.+) 收据(\d+)"), lambda m: f"{english('', m[1])} - Receipt {m[2]}"),
    (re.compile(r"报销(.+)"), lambda m: f"Reimbursement - {english('', m[1])}"),
    (re.compile(r"(工行|建行|中行)(\d{4})"), lambda m: f"{english('', m[1])} {m[2]}"),
    (re.compile(r"(P\d)本月运费成本"), lambda m: f"Freight cost of the month - {m[1]}"),
    (re.compile(r"(.+)本月运费"), lambda m: f"Freight of the month - {english('', m[1])}"),
    (re.compile(r"记-(\d+)"), lambda m: f"JV-{m[1]}"),
    (re.compile(r"客户邮件及报价单(\S+)"), lambda m: f"Customer e-mail and quotation {m[1]}"),
    (re.compile(r"被红冲蓝字数电发票号码：(\d+)"), lambda m: f"Reverses invoice {m[1]}"),
    (re.compile(r"DD(\d+)-03订单款"), lambda m: f"Payment for order DD{m[1]}-03"),
    (
        re.compile(r"冲(\d+)-(\d+)付错户（退汇）"),
        lambda m: f"Reversal of payment to wrong account of {m[1]}-{m[2]} (returned)",
    ),
    (
        re.compile(f"({'|'.join(_CITIES)})({'|'.join(_NAMES)})({'|'.join(_TRADES)})(\\d+)号贸易有限公司"),
        lambda m: f"{_CITIES[m[1]]} {_NAMES[m[2]]} {_TRADES[m[3]]} No. {m[4]} Trading Co., Ltd.",
    ),
)


def english(field: str, text: str) -> str:
    """The English for a text of the facts; names of a list are put into English one by one.

    Raises ValueError for a text that has none.
    """
    if field in ("words", "<words>"):
        return text
    if not _CHINESE.search(text):
        return text.replace("×", "x")
    if text in _WORDS:
        return _WORDS[text]
    if "；" in text:
        return "; ".join(english(field, part) for part in text.split("；"))
    for pattern, show in _PATTERNS:
        if match := pattern.fullmatch(text):
            return show(match)
    raise ValueError(f"the English house has no words for {text!r} in {field}")
