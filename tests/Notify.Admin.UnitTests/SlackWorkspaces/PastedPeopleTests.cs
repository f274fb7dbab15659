using Notify.Admin.SlackWorkspaces;

namespace Notify.Admin.UnitTests.SlackWorkspaces;

public sealed class PastedPeopleTests
{
    [Theory]
    [InlineData("a@x.test,b@x.test;c@x.test", new[] { "a@x.test", "b@x.test", "c@x.test" })]
    [InlineData("U01\r\n  U02\tW03\n\n", new[] { "U01", "U02", "W03" })]
    [InlineData("U01 U02  U03", new[] { "U01", "U02", "U03" })]
    [InlineData("Alice Nguyen <alice@x.test>, \"Bob, B.\" <bob@x.test>", new[] { "alice@x.test", "Bob", "bob@x.test" })]
    [InlineData("<mailto:alice@x.test|alice@x.test>", new[] { "alice@x.test" })]
    [InlineData("<@U01>", new[] { "U01" })]
    [InlineData("Alice <alice@x.test> Bob <bob@x.test>", new[] { "alice@x.test", "bob@x.test" })]
    [InlineData("<alice@x.test> <bob@x.test><carol@x.test>", new[] { "alice@x.test", "bob@x.test", "carol@x.test" })]
    [InlineData("<mailto:alice@x.test|alice@x.test> <mailto:bob@x.test|Bob, B.>", new[] { "alice@x.test", "bob@x.test" })]
    [InlineData("carol@x.test Alice Nguyen <alice@x.test> dan@x.test", new[] { "carol@x.test", "alice@x.test", "dan@x.test" })]
    [InlineData("U0123456 Alice <alice@x.test>", new[] { "U0123456", "alice@x.test" })]
    [InlineData("<https://acme.slack.com/team/U0123456> <U0234567>", new[] { "U0123456", "U0234567" })]
    [InlineData("Alice WILSON <alice@x.test>", new[] { "alice@x.test" })]
    [InlineData("Alice <>, <alice@x.test", new[] { "Alice", "alice@x.test" })]
    [InlineData("<@U0123456|Nguyen, Alice> and <@W0123456>", new[] { "U0123456", "and", "W0123456" })]
    [InlineData("https://acme.slack.com/team/U0123456 https://app.slack.com/client/T0123456/D0123456/user_profile/U0234567",
        new[] { "U0123456", "U0234567" })]
    [InlineData("a@x.test，b@x.test；c@x.test、d@x.test", new[] { "a@x.test", "b@x.test", "c@x.test", "d@x.test" })]
    [InlineData("a@x.test, A@X.test", new[] { "a@x.test" })]
    [InlineData(" ,;\n ", new string[0])]
    public void Read_HoweverItIsSeparated_GivesEachEntryOnce(string pasted, string[] entries) =>
        PastedPeople.Read(pasted).ShouldBe(entries);
}
