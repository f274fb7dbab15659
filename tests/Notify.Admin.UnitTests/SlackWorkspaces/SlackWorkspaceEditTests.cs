using Notify.Admin.LiveForms;
using Notify.Admin.SlackWorkspaces;

namespace Notify.Admin.UnitTests.SlackWorkspaces;

public sealed class SlackWorkspaceEditTests
{
    [Fact]
    public void Check_New_WantsBotTokenAndAWholePair_AndOnlyAStoredOneAName()
    {
        var model = new SlackWorkspaceFormModel { RefreshToken = "xoxe-1-abc" };

        model.Check(isNew: true).Select(refusal => refusal.Field).ShouldBe(["BotToken", "ConfigToken"]);
        new SlackWorkspaceFormModel().Check(isNew: false).Single().TextKey.ShouldBe("Form.Name.Missing");
        new SlackWorkspaceFormModel { Name = "a" }.Check(isNew: false).ShouldBeEmpty();
        new SlackWorkspaceFormModel { Name = "a", BotToken = "has blanks" }.Check(isNew: false)
            .Single().TextKey.ShouldBe("Form.Token.Malformed");
    }

    [Fact]
    public void Take_RenewedPair_IsShownWithoutTouchingWhatIsTyped()
    {
        var edit = Open(View());
        edit.Model.BotToken = "xoxb-typed-just-now";
        var renewed = View() with { Pair = Pair("other") };

        edit.Take(renewed).ShouldBeFalse();

        (edit.Original, edit.Newer, edit.Model.BotToken).ShouldBe((renewed, null, "xoxb-typed-just-now"));
    }

    [Fact]
    public void Take_OthersRename_IsShownWhereNothingIsTyped()
    {
        var edit = Open(View());

        edit.Take(View() with { Version = 2, Name = "theirs" }).ShouldBeTrue();

        (edit.Model.Name, edit.IsDirty).ShouldBe(("theirs", false));
    }

    [Fact]
    public void Take_BothRenamed_IsAConflictToResolve()
    {
        var edit = Open(View());
        edit.Model.Name = "mine";
        edit.Model.BotToken = "xoxb-typed-just-now";
        var theirs = View() with { Version = 2, Name = "theirs" };

        edit.Take(theirs).ShouldBeFalse();
        edit.Newer.ShouldBe(theirs);
        SlackWorkspaceFields.Table.Compare(edit.Original!, theirs, edit.Model).Select(field => (field.Field, field.TheyChanged))
            .ShouldBe([("Name", true), ("BotToken", false)]);
        edit.Resolve(theirs, new HashSet<string> { "BotToken" });

        (edit.Model.Name, edit.Model.BotToken, edit.CountChanges()).ShouldBe(("theirs", "xoxb-typed-just-now", 1));
    }

    [Fact]
    public void Take_OthersChangeOfWhatIsNotTyped_IsMerged()
    {
        var edit = Open(View());
        edit.Model.Name = "mine";
        var theirs = View() with { Version = 2, BotTokenMark = "another" };

        edit.Take(theirs).ShouldBeTrue();

        (edit.Original, edit.Newer, edit.Model.Name).ShouldBe((theirs, null, "mine"));
    }

    [Fact]
    public void Draft_KeepsNoToken()
    {
        var edit = Open(null);
        edit.Model.Name = "new";
        (edit.Model.BotToken, edit.Model.ConfigToken, edit.Model.RefreshToken) = ("xoxb-canary-1", "xoxe.xoxp-canary-2", "xoxe-canary-3");

        var json = System.Text.Json.JsonSerializer.Serialize(edit.ToDraft());

        json.ShouldContain("new");
        json.ShouldNotContain("canary");
    }

    [Fact]
    public void Missing_UnknownScopes_NamesNone()
    {
        WorkspaceScopes.Missing(WorkspaceScopes.Bot, null).ShouldBeEmpty();
        WorkspaceScopes.Missing(WorkspaceScopes.Bot, ["chat:write"]).ShouldContain(use => use.Scope == "users:read");
        WorkspaceScopes.Missing(WorkspaceScopes.Config, []).Count.ShouldBe(2);
    }

    [Fact]
    public void Token_Printed_ShowsNone()
    {
        WorkspaceToken.Of("xoxb-canary").ToString().ShouldBe("token");
        $"{WorkspaceToken.Refused(WorkspaceTokenRefusal.NoneSet)}".ShouldBe("NoneSet");
    }

    private static LiveEdit<SlackWorkspaceView, SlackWorkspaceFormModel> Open(SlackWorkspaceView? original) =>
        new(SlackWorkspaceFields.Table, original, new SlackWorkspaceFormModel());

    private static SlackWorkspaceView View() => new(
        1, 1, "Sandbox", "oken", "mark", new SlackWorkspaceIdentity("T1", "Sandbox", null, null, false, "U1", "bot"), ["chat:write"], "ok",
        default, Pair("pair"), null, "", default, default, "admin@example.test");

    private static TokenPairView Pair(string mark) =>
        new(TokenPairState.Ok, null, "aaaa", "bbbb", mark, null, null, null, null, null, false, null, null);
}
