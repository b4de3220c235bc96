"""Short forms are read where they cannot be another word, and nowhere else."""

import pytest

from knowledge.normalise import words
from knowledge.short_forms import ShortForm, ShortForms, shipped_forms


@pytest.mark.parametrize(
    ("text", "read"),
    [
        # "nha" is a particle or a house, a coast or a dentist
        ("mua nha o xa hoi", "mua nha o xa hoi"),
        ("toi muon ban nha", "toi muon ban nha"),
        ("mức đóng đảng phí là bao nhiêu nha", "muc dong dang phi la bao nhieu nhe"),
        ("chỉ giúp em nha ad", "chi giup em nhe ad"),
        ("chi giup em nha", "chi giup em nhe"),
        ("doi voi nha nuoc", "doi voi nha nuoc"),
        ("ở Nha Trang có nha sĩ không", "o nha trang co nha si khong"),
        # "hong": không, hồng, hỏng
        ("làm lại có mất tiền hong", "lam lai co mat tien khong"),
        ("lam so hong o dau", "lam so hong o dau"),
        ("xe hong phai lam sao", "xe hong phai lam sao"),
        ("nop qua mang duoc hong", "nop qua mang duoc khong"),
        ("lỗ hổng bảo mật", "lo hong bao mat"),
        ("nhà trong hẻm", "nha trong hem"),
        # "vat": thuế, vật
        ("cham soc dong vat", "cham soc dong vat"),
        ("vat lieu xay dung", "vat lieu xay dung"),
        ("thue vat may phan tram", "thue gia tri gia tang may phan tram"),
        ("giá đã gồm VAT chưa", "gia da gom gia tri gia tang chua"),
        # "duoc": được, dược
        ("hoc nganh duoc", "hoc nganh duoc"),
        ("xã Chư Prông", "xa chu prong"),
        # "hs": hồ sơ, học sinh; "mk": mình, mật khẩu; "đk": đăng ký, điều kiện
        ("nop hs o dau", "nop ho so o dau"),
        ("sách miễn phí cho hs", "sach mien phi cho hoc sinh"),
        ("mk muon hoi", "minh muon hoi"),
        ("quen mk vneid", "quen mat khau vneid"),
        ("đk khai sinh", "dang ki khai sinh"),
        ("cần đủ đk gì", "can du dieu kien gi"),
        ("đk được ko", "dang ki duoc khong"),
        ("bh y te tu nguyen", "bao hiem y te tu nguyen"),
        ("ga đình em, gd em", "ga dinh em gia dinh em"),
        ("bộ gd và đào tạo", "bo giao duc va dao tao"),
        ("gđ 2026-2030", "giai doan 2026 2030"),
        ("sở GD&ĐT", "so giao duc dao tao"),
        ("đ/c bí thư", "dong chi bi thu"),
        # letters of names and of things with a number
        ("bằng lái hạng a", "bang lai hang a"),
        ("hồ sơ e nộp rồi", "ho so em nop roi"),
        ("bệnh viện K", "benh vien k"),
        ("100k", "100 k"),
        ("tờ khai ct01, mẫu cv 04", "to khai ct 1 mau cv 4"),
        ("ct 01 nói gì", "chi thi 1 noi gi"),
        ("50 m2 đất", "50 m 2 dat"),
        ("10 kg gạo", "10 kg gao"),
        ("sáng t7 có làm ko", "sang thu 7 co lam khong"),
        ("hạn đến t12", "han den thang 12"),
        ("trường c3", "truong cap 3"),
        # đ and d
        ("dv cong truc tuyen", "dich vu cong truc tuyen"),
        ("đv mới", "dang vien moi"),
        ("lich hop hdnd", "lich hop hoi dong nhan dan"),
    ],
)
def test_where_it_is_read(text: str, read: str) -> None:
    assert str(words(text)) == read


def test_a_written_out_short_form_says_nothing_about_the_keyboard() -> None:
    assert (
        words("nop bhxh").marked == ("", "bao2", "hiêm3", "xa4", "hôi5")[:1] + words("bảo hiểm xã hội").marked
    )


def test_synonyms_of_several_words() -> None:
    own = ShortForms([ShortForm("nhà cộng đồng", "nhà văn hóa thôn"), ShortForm("nvh", "nhà cộng đồng")])
    assert str(words("nha cong dong o dau", own)) == "nha van hoa thon o dau"
    assert words("nhà cộng đồng", own).marked == words("nhà văn hóa thôn", own).marked
    assert str(words("nvh o dau", own)) == "nha van hoa thon o dau"
    assert str(words("nhã cộng đồng", own)) == "nha cong dong"  # other accents, another word


def test_the_longest_is_read_and_a_circle_ends() -> None:
    own = ShortForms(
        [
            ShortForm("tổ", "nhóm"),
            ShortForm("tổ dân phố", "khu phố"),
            ShortForm("nhóm", "tổ"),
            ShortForm("a b", "a b c"),
        ]
    )
    assert str(words("tổ dân phố 5", own)) == "khu pho 5"
    assert str(words("tổ", own)) == "to"
    assert str(words("a b", own)) == "a b c"


def test_a_word_with_accents_is_not_the_short_form_without() -> None:
    own = ShortForms([ShortForm("nha", "nhé"), ShortForm("nhá", "nhé")])
    assert str(words("nhà", own)) == "nha"
    assert words("nha", own).marked == words("nhé", own).marked
    assert {"nha", "dki", "dky"} <= shipped_forms().words
    assert "quyet" not in shipped_forms().words
