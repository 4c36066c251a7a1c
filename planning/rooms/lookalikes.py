"""Letters that look like Latin ones. Pure.

Our own small table, in the sense of Unicode's confusables (UTS #39), of the scripts that a keyboard
or a web page easily yields. Full width, mathematical and enclosed letters are not here, for NFKC has
made them plain; nor are upper case letters, for case is folded before. What has a twin in upper case
only, as Greek Η and H, therefore stands here in lower case.
"""

TWINS = {
    # Cyrillic
    "авезбһніјкморԛсѕтуүхѵԝԁьӏԍӡꙅѡ": "a b e 3 6 h h l j k m o p q c s t y y x v w d b l g 3 s w",
    # Greek
    "αβγεζηικμνορστυχωϳϝͼ": "a b y e z h l k m n o p o t y x w j f c",
    # Armenian
    "օոսհցյզգքղռ": "o n u h g j q q p n n",
    # Cherokee
    "ᎪᏴᏟᎠᎬᏀᎻᎫᏦᏞᎷᏢᎡᏚᎢᏙᎳᏃᎥᎽ": "a b c d e g h j k l m p r s t v w z l y",
    # Lisu
    "ꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜ": "a b c d e f g h l j k l m n o p r s t u v w x y z",
    # small capitals
    "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ": "a b c d e f g h l j k l m n o p q r s t u v w y z",
    # Latin and phonetic
    "ɑƅɖɡɩıȷĸɱɵʋƽꞓʐæœ": "a b d g l l j k m o u s c z ae oe",
    # Coptic
    "ⲁⲃⲉⲏⲓⲕⲙⲛⲟⲣⲥⲧⲩⲭⲱ": "a b e h l k m n o p c t y x w",
    # letters and digits
    "i1|ǀ0": "l l l l o",
    # dashes
    "‐‒–—―−➖·•": "- - - - - - - . .",
    # quotes
    "‘’‛ʼʹ′`“”„‟«»": "' ' ' ' ' ' ' \" \" \" \" \" \"",
}
LOOKALIKES = {
    ord(letter): twin
    for letters, twins in TWINS.items()
    for letter, twin in zip(letters, twins.split(), strict=True)
}
# Two letters that look like one, after the table.
PAIRS = (("rn", "m"), ("vv", "w"))
