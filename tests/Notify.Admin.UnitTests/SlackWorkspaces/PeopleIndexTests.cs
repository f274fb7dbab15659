using Notify.Admin.SlackWorkspaces;

namespace Notify.Admin.UnitTests.SlackWorkspaces;

public sealed class PeopleIndexTests
{
    [Theory]
    [InlineData("alice", new[] { "U1" })]
    [InlineData("NGUYEN ali", new[] { "U1" })]
    [InlineData("bob@x.test", new[] { "U2" })]
    [InlineData("u2", new[] { "U2" })]
    [InlineData("@bobby", new[] { "U2" })]
    [InlineData("an", new[] { "U3", "U2", "U4" })]
    [InlineData("nobody", new string[0])]
    [InlineData("王", new[] { "U4" })]
    public void Search_ByNameAddressOrId_FindsBestMatchesFirst(string text, string[] ids)
    {
        var index = new PeopleIndex(
        [
            Person("U1", "Alice Nguyen", "ali", "alice@x.test"),
            Person("U2", "Bob Silvan", "bobby", "bob@x.test"),
            Person("U3", "Andrea Costa", "acosta", "costa@x.test"),
            Person("U4", "王伟", "wangwei", "ww@x.test"),
        ]);

        index.Search(text, 10).Select(person => person.UserId).ShouldBe(ids);
    }

    [Theory]
    [InlineData("zoe oneil", "U0PERSON1")]
    [InlineData("Zoë O'Neil", "U0PERSON1")]
    [InlineData("o’neil", "U0PERSON1")]
    [InlineData("lukasz", "U0PERSON2")]
    [InlineData("Ｌｕｋａｓｚ", "U0PERSON2")]
    [InlineData("strasse soren", "U0PERSON3")]
    [InlineData("jean-luc", "U0PERSON4")]
    [InlineData("<@U0PERSON4|jean>", "U0PERSON4")]
    [InlineData("https://acme.slack.com/team/U0PERSON3", "U0PERSON3")]
    [InlineData("@U0PERSON2", "U0PERSON2")]
    [InlineData("\ud800", null)]
    public void Search_AccentsQuotesAndMentions_AreFolded(string text, string? id)
    {
        var index = new PeopleIndex(
        [
            Person("U0PERSON1", "Zoë O’Neil", "zoe", null),
            Person("U0PERSON2", "Łukasz Żak", "lzak", null),
            Person("U0PERSON3", "Søren Straße", "soren", null),
            Person("U0PERSON4", "Jean‑Luc D‘Arc", "jl", null),
        ]);

        index.Search(text, 10).Select(person => person.UserId).ShouldBe(id is null ? [] : [id]);
    }

    [Fact]
    public void Search_Nothing_GivesTheFirstByName() =>
        new PeopleIndex([Person("U1", "Zoe", "z", null), Person("U2", "adam", "a", null), Person("U3", "Mia", "m", null)])
            .Search("  ", 2).Select(person => person.UserId).ShouldBe(["U2", "U3"]);

    [Fact]
    public void Find_ByAddress_IgnoresCaseAndIdsDoNot()
    {
        var index = new PeopleIndex([Person("U1a", "Alice", "a", "Alice@X.test")]);

        index.FindByEmail("alice@x.TEST")!.UserId.ShouldBe("U1a");
        index.Find("U1a").ShouldNotBeNull();
        index.Find("U1A").ShouldBeNull();
    }

    [Fact]
    public void Search_Among20000_FindsTheOneMeantAndNoMoreThanAskedFor()
    {
        var index = new PeopleIndex([.. Enumerable.Range(0, 20_000)
            .Select(i => Person($"U{i:D6}", $"Person Number{i}", $"person{i}", $"person.{i}@example.test"))]);

        index.Search("person.19999@example.test", 20).Select(person => person.UserId).ShouldBe(["U019999"]);
        index.Search("nobody at all", 20).ShouldBeEmpty();
        index.Search("p", 20).Count.ShouldBe(20);
    }

    private static SlackPerson Person(string id, string name, string handle, string? email) =>
        new() { WorkspaceId = 1, UserId = id, RealName = name, Handle = handle, Email = email };
}
