"""How tags and the body editor behave."""

TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = True
TAGGIT_TAGS_FROM_STRING = "news.widgets.tags_from_text"
TAGGIT_STRING_FROM_TAGS = "news.widgets.text_from_tags"

ARTICLE_BODY_WIDGET = "news.widgets.CKEditorBodyWidget"

CKEDITOR_CONFIGS = {
    "article": {
        "versionCheck": False,
        "language": "id",
        "title": "Penyunting teks",
        "width": "100%",
        "height": 480,
        "toolbar": [
            ["Bold", "Italic", "-", "Format", "-", "BulletedList", "NumberedList", "Blockquote"],
            ["Link", "Unlink", "-", "BacaJuga", "Kutipan"],
            ["PasteText", "RemoveFormat", "-", "Undo", "Redo"],
        ],
        "format_tags": "p;h2;h3",
        "extraPlugins": "divarea,bacajuga,tempel",
        "removePlugins": (
            "elementspath,exportpdf,scayt,wsc,preview,templates,sourcearea,iframe,forms,flash,image,"
            "uploadimage,uploadwidget,uploadfile,filebrowser,filetools,cloudservices,easyimage,embed,"
            "embedbase,embedsemantic,newpage,print,save,smiley,specialchar,about,maximize,showblocks,"
            "pagebreak,horizontalrule,font,colorbutton,colordialog,bidi,div,find,selectall,copyformatting,"
            "stylescombo,justify,indentblock,language,magicline,resize,a11yhelp,tableselection,tabletools,table,"
            "pastetools,pastefromword,pastefromgdocs,pastefromlibreoffice"
        ),
        "allowedContent": (
            "p h2 h3 blockquote ul ol li strong em br;"
            "a[!href,title];"
            "div(baca-juga)[!data-article,contenteditable];"
            "div(kutipan)[!data-quote,contenteditable]"
        ),
        "dialog_noConfirmCancel": True,  # a found headline is no work that a question has to guard
        "disableNativeSpellChecker": False,
        "entities": False,
        "forcePasteAsPlainText": False,
        "toolbarGroupCycling": False,  # the arrow keys reach every button
    },
}
SILENCED_SYSTEM_CHECKS = ["ckeditor.W001"]
