using Notify.Admin.ConfigFiles;

namespace Notify.Admin.UnitTests.ConfigFiles;

public sealed class ConfigCommentsTests
{
    // In the order and the form that an export has.
    private const string Annotated = """
        # Configuration of the SOC.
        #   Changes go through review.

        version: 1 # the only one
        settings:
          # Agreed with legal.
          Retention:Days: 30 # a month

        # Who is told.
        slack: # all of them
          # The busy one.
          - name: Alerts
            channelId: C0ALERTS01 # #alerts
            tags: [web, 'team:red'] # searched by these
            # Since the incident of May.
            fallback:
              to: slack/Second
              afterMinutes: 30 # half an hour
              # afterMinutes: 60
            # followUp: Reply

          # The quiet one.
          - name: Second
            channelId: C0ALERTS02
            ownRules:
              # Only what burns.
              - name: Fire
                conditions:
                  - from: high # and above
                    # "on": severity
        dingtalk:
          - name: Robot # of the group
        # The end.

        """;

    [Fact]
    public void Comments_OfACanonicalText_ComeBackWhereTheyStood()
    {
        var text = Annotated.ReplaceLineEndings("\n");
        var root = ConfigYaml.Read(text, [])!;
        var bare = ConfigYaml.Write(root);

        var back = ConfigComments.Parse(ConfigComments.Read(text, root, NameOf).ToJson()).PutInto(bare, ConfigYaml.Read(bare, [])!, NameOf);

        bare.ShouldNotContain("# ");
        back.Replace("\"team:red\"", "'team:red'", StringComparison.Ordinal).ShouldBe(text);
    }

    [Fact]
    public void Comments_FollowTheirObjects_AndGoWithThem()
    {
        var file = Read("version: 1\nslack:\n  # one\n  - name: A\n  # two\n  - name: B # b\n    channelId: C2 # c\n");
        const string Other = "version: 1\nslack:\n  - name: 0\n  - name: B\n    channelId: C3\n";

        var back = file.Comments.PutInto(Other, ConfigYaml.Read(Other, [])!, NameOf);

        back.ShouldBe("version: 1\nslack:\n  - name: 0\n  # two\n  - name: B # b\n    channelId: C3 # c\n");
    }

    [Fact]
    public void Comments_OfAFile_TakeThePlaceOfThoseOfWhatItNames_AndOfWhatIsGone()
    {
        var kept = Read("# head\nversion: 1\nslack:\n  # one\n  - name: A\n  # two\n  - name: B # b\n  # three\n  - name: C\n").Comments;
        var file = Read("version: 1\nslack:\n  - name: B # new\n");

        var merged = kept.With(file.Comments, file.Root, NameOf, new HashSet<string> { "slack\nA", "slack\nB" });

        const string All = "version: 1\nslack:\n  - name: A\n  - name: B\n  - name: C\n";
        merged.PutInto(All, ConfigYaml.Read(All, [])!, NameOf)
            .ShouldBe("version: 1\nslack:\n  # one\n  - name: A\n  - name: B # new\n  - name: C\n");
    }

    [Theory]
    [InlineData("""{"version": 1, "slack": [{"name": "A"}]}""")]
    [InlineData("version: 1\n\nslack:\n  - name: A\n")]
    public void File_WithoutComments_LeavesThemAsTheyAre(string text)
    {
        var kept = Read("# head\nversion: 1\nslack:\n  # one\n  - name: A\n").Comments;
        var file = Read(text);

        kept.With(file.Comments, file.Root, NameOf, new HashSet<string>()).ToJson().ShouldBe(kept.ToJson());
    }

    [Fact]
    public void Hash_InATextOrInAValue_IsNoComment()
    {
        var file = Read("version: 1\nslack:\n  - name: 'A # b'\n    about: |\n      # not one\n\n      nor this # here\n    tag: a#b\n");

        file.Comments.IsEmpty.ShouldBeTrue(file.Comments.ToJson());
    }

    [Fact]
    public void Secret_InAComment_IsNotKept()
    {
        var file = Read("version: 1 # slackToken: xoxb-111-222-abcdefghijkl\n");

        file.Comments.ToJson().ShouldNotContain("abcdefgh");
        file.Comments.IsEmpty.ShouldBeFalse();
    }

    [Theory]
    [InlineData("version: 1 #")]
    [InlineData("#\n\n\n---\n# a\nversion: 1\n...\n# b")]
    [InlineData("version: 1\r\nslack: # a\r\n- name: A # b\r\n  # c\r\n")]
    [InlineData("version: 1\nslack:\n  - # a\n    name: A\n  - {name: B, # b\n     tags: [a, # c\n      # d\n      b]} # e\n")]
    [InlineData("version: 1\f# a\n\f\nslack: []")]
    public void OddText_IsRead_AndWhatComesBackMeansTheSame(string text)
    {
        var root = ConfigYaml.Read(text, []);
        if (root is null)
        {
            return;
        }

        var bare = ConfigYaml.Write(root);
        var back = ConfigComments.Read(text, root, NameOf).PutInto(bare, ConfigYaml.Read(bare, [])!, NameOf);

        ConfigYaml.Write(ConfigYaml.Read(back, [])!).ShouldBe(bare);
    }

    [Theory]
    [InlineData('\u2028')]
    [InlineData('\u2029')]
    [InlineData('\u0085')]
    [InlineData('\f')]
    public void TextWithAnotherEndOfLine_KeepsItsPlace_AndItsComments(char end)
    {
        var (root, comments) = Read($"version: 1\nslack:\n  - name: \"a\\u{(int)end:x4}b{end}      c\"\n    # below\n    tag: d\n  - name: E # of E\n");
        var bare = ConfigYaml.Write(root);

        var back = comments.PutInto(bare, ConfigYaml.Read(bare, [])!, NameOf);

        back.ShouldContain("\n    # below\n    tag: d\n  - name: E # of E\n");
        ConfigYaml.Write(ConfigYaml.Read(back, [])!).ShouldBe(bare);
        NameOf("slack", (ConfigMap)((ConfigSequence)ConfigYaml.Read(back, [])!.Find("slack")!.Value).Items[0])!.ShouldContain($"a{end}b");
    }

    private static (ConfigMap Root, ConfigComments Comments) Read(string text)
    {
        var root = ConfigYaml.Read(text, [])!;
        return (root, ConfigComments.Read(text, root, NameOf));
    }

    private static string? NameOf(string section, ConfigMap item) => (item.Find("name")?.Value as ConfigScalar)?.Text;
}
