using Notify.Admin.Sources;

namespace Notify.Admin.UnitTests.Sources.Robots;

public sealed class RobotMarkupTests
{
    [Theory]
    [InlineData("*bold* and _slanted_ and ~gone~", "**bold** and *slanted* and gone")]
    [InlineData("<https://example.net/a?b=1&amp;c=2|the run>", "[the run](https://example.net/a?b=1&c=2)")]
    [InlineData("<https://example.net/(x)>", "[https://example.net/(x)](https://example.net/%28x%29)")]
    [InlineData("<javascript:alert(1)|click>", "click")]
    [InlineData("5 &lt; 6 &amp; [x](http://evil)", "5 ＜ 6 & ［x］(http://evil)")]
    [InlineData("line 1\nline 2", "line 1  \nline 2")]
    [InlineData("&gt; said\n• one\n- two", "> said  \n- one  \n- two")]
    [InlineData("```\n*a* b\n```", "＊a＊ b")]
    [InlineData("a `code` b", "a code b")]
    [InlineData("snake_case_name 2*3*4", "snake_case_name 2＊3＊4")]
    [InlineData("# no heading", "＃ no heading")]
    [InlineData("see <#C1|general> with <@U1|ann>", "see ＃general with ann")]
    public void ToDingTalk_Mrkdwn_ReadsTheSame(string mrkdwn, string markdown) =>
        SlackMarkup.ToDingTalk(mrkdwn, keepMentions: false).ShouldBe((markdown, false));

    [Theory]
    [InlineData("<!channel> down", true, "@所有人 down")]
    [InlineData("<!here> down", false, "down")]
    [InlineData("@所有人 @all 13800000000", true, "@\u200B所有人 @\u200Ball 13800000000")]
    public void ToDingTalk_Mentions_AreKeptOnlyWhereTheyMayBe(string mrkdwn, bool keep, string markdown) =>
        SlackMarkup.ToDingTalk(mrkdwn, keep).Markdown.ShouldBe(markdown);

    [Theory]
    [InlineData("#### Alert **now**\n\n\n\n> quoted", "*Alert now*\n\n> quoted")]
    [InlineData("**bold** *slanted* __too__ _also_", "*bold* _slanted_ *too* _also_")]
    [InlineData("[the run](https://example.net/a?b=1&c=2)", "<https://example.net/a?b=1&amp;c=2|the run>")]
    [InlineData("![shot](https://example.net/a.png)", "<https://example.net/a.png|shot>")]
    [InlineData("[click](javascript:alert(1))", "click)")]
    [InlineData("<!channel> <@U1> & <http://evil|x>", "&lt;!channel&gt; &lt;@U1&gt; &amp; &lt;http://evil|x&gt;")]
    [InlineData("- one\n* two\n+ three\n1. four", "• one\n• two\n• three\n1. four")]
    [InlineData("snake_case_name 2 * 3", "snake_case_name 2 * 3")]
    public void ToSlack_Markdown_ReadsTheSame(string markdown, string mrkdwn) =>
        DingTalkMarkup.ToSlack(markdown, keepMentions: false).ShouldBe(mrkdwn);

    [Theory]
    [InlineData("@所有人 down", true, "<!channel> down")]
    [InlineData("@all down", true, "<!channel> down")]
    [InlineData("@所有人down", false, "down")]
    [InlineData("@allison", true, "@allison")]
    public void ToSlack_Mentions_AreKeptOnlyWhereTheyMayBe(string markdown, bool keep, string mrkdwn) =>
        DingTalkMarkup.ToSlack(markdown, keep).ShouldBe(mrkdwn);

    [Fact]
    public void Convert_RandomText_NeverThrows_AndForgesNoMention()
    {
        const string Alphabet = "<>*_~`[]()!@#|&;:/ \n-+>ab1所\ud83d\ude00";
        for (var seed = 0; seed < 5000; seed++)
        {
            var random = new Random(seed);
            var text = new string([.. Enumerable.Range(0, random.Next(200)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);

            SlackMarkup.ToDingTalk(text, false).MentionsEveryone.ShouldBeFalse();
            DingTalkMarkup.ToSlack(text, false).ShouldNotContain("<!");
            DingTalkMarkup.ToSlack(text, false).ShouldNotContain("<@");
        }
    }
}
