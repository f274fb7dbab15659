using Notify.Admin.DingTalk;

namespace Notify.Admin.UnitTests.DingTalk;

public class MarkdownPreviewTests
{
    [Fact]
    public void Read_Heading_HasItsLevel()
    {
        var blocks = MarkdownPreview.Read("#### Critical · Alerts\n####### seven\n#no");

        var heading = blocks[0].ShouldBeOfType<MarkdownHeading>();
        heading.Level.ShouldBe(4);
        Plain(heading.Content).ShouldBe("Critical · Alerts");
        blocks[1].ShouldBeOfType<MarkdownParagraph>();
    }

    [Fact]
    public void Read_Emphasis_Nests()
    {
        var content = Line("a **b *c* d** _e_ f");

        content[1].ShouldBeOfType<MarkdownStrong>().Content[1].ShouldBeOfType<MarkdownEmphasis>();
        content[3].ShouldBeOfType<MarkdownEmphasis>();
        Plain(content).ShouldBe("a b c d e f");
    }

    [Theory]
    [InlineData("2 * 3 * 4")]
    [InlineData("snake_case_name")]
    [InlineData("**open")]
    [InlineData("[text]")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](/relative)")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("****")]
    public void Read_WhatIsNoMarkup_StaysText(string text) => 
        Line(text).ShouldHaveSingleItem().ShouldBe(new MarkdownText(text));

    [Fact]
    public void Read_Link_HasLabelAndAddress()
    {
        var link = Line("see [the **docs**](https://example.com/a)")[1].ShouldBeOfType<MarkdownLink>();

        link.Address.ShouldBe(new Uri("https://example.com/a"));
        Plain(link.Content).ShouldBe("the docs");
    }

    [Fact]
    public void Read_Picture_KeepsItsTextOnly() =>
        Line("![diagram](https://example.com/a.png)").ShouldHaveSingleItem().ShouldBe(new MarkdownPicture("diagram"));

    [Fact]
    public void Read_Mention_IsMarked() =>
        Line("@13800000000 and ann@example.com @所有人").OfType<MarkdownMention>().Select(mention => mention.Text)
            .ShouldBe(["@13800000000", "@所有人"]);

    [Theory]
    [InlineData("- a", "a", null)]
    [InlineData("   *\t b ", "b ", null)]
    [InlineData("+ ", "", null)]
    [InlineData("7) c", "c", 7)]
    [InlineData("123456789. d", "d", 123456789)]
    public void Read_Item_MayBeIndentedAndNumbered(string text, string item, int? number)
    {
        var list = MarkdownPreview.Read(text).ShouldHaveSingleItem().ShouldBeOfType<MarkdownList>();

        Plain(list.Items.ShouldHaveSingleItem()).ShouldBe(item);
        (list.IsOrdered, list.Start).ShouldBe((number is not null, number ?? 1));
    }

    [Theory]
    [InlineData("-a")]
    [InlineData("    - a")]
    [InlineData("-")]
    [InlineData("7")]
    [InlineData("7.")]
    [InlineData("7 c")]
    [InlineData("1234567890. d")]
    [InlineData("    # h")]
    [InlineData("#")]
    [InlineData("    > q")]
    public void Read_WhatBeginsNoBlock_IsAParagraph(string text) =>
        MarkdownPreview.Read(text).ShouldHaveSingleItem().ShouldBeOfType<MarkdownParagraph>();

    [Fact]
    public void Read_Lists_KeepTheirKindAndStart()
    {
        var blocks = MarkdownPreview.Read("- a\n- b\n3. c\n4. d");

        blocks[0].ShouldBeOfType<MarkdownList>().Items.Count.ShouldBe(2);
        var ordered = blocks[1].ShouldBeOfType<MarkdownList>();
        ordered.IsOrdered.ShouldBeTrue();
        ordered.Start.ShouldBe(3);
    }

    [Fact]
    public void Read_Quote_HoldsBlocks()
    {
        var quote = MarkdownPreview.Read("> # Title\n> text\n\nafter")[0].ShouldBeOfType<MarkdownQuote>();

        quote.Blocks[0].ShouldBeOfType<MarkdownHeading>();
        quote.Blocks[1].ShouldBeOfType<MarkdownParagraph>();
    }

    [Fact]
    public void Read_LineEnds_BreakOnlyAfterTwoBlanks()
    {
        var content = MarkdownPreview.Read("one  \ntwo\nthree").ShouldHaveSingleItem().ShouldBeOfType<MarkdownParagraph>().Content;

        content.ShouldBe([new MarkdownText("one"), new MarkdownLineBreak(), new MarkdownText("two three")]);
    }

    [Fact]
    public void ToPlainText_Message_HasALineForEachBlock() =>
        MarkdownPreview.ToPlainText("#### H\n\n**b**\n\n- one\n- two\n\n> q").ShouldBe("H\nb\none\ntwo\nq");

    [Theory]
    [InlineData("*")]
    [InlineData("**a ")]
    [InlineData("[")]
    [InlineData("![")]
    [InlineData("> ")]
    [InlineData("_a")]
    [InlineData("[a](")]
    [InlineData("*_")]
    [InlineData("**x**")]
    [InlineData("@1")]
    public void Read_RepeatedWithoutEnd_ComesToAnEnd(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 20_000 / part.Length));

        MarkdownPreview.Read(text).ShouldNotBeEmpty();
    }

    private static IReadOnlyList<MarkdownInline> Line(string text) =>
        MarkdownPreview.Read(text).ShouldHaveSingleItem().ShouldBeOfType<MarkdownParagraph>().Content;

    private static string Plain(IReadOnlyList<MarkdownInline> content)
    {
        var text = new System.Text.StringBuilder();
        MarkdownLine.Append(text, content);
        return text.ToString();
    }
}
