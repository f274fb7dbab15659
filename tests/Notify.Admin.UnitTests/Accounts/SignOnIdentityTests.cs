using System.Security.Claims;
using System.Text.Json;
using Notify.Admin.Accounts;
using Notify.Admin.Security;

namespace Notify.Admin.UnitTests.Accounts;

public class SignOnIdentityTests
{
    private static readonly SingleSignOnOptions Options = new()
    {
        Authority = "https://id.example.com",
        RoleValues = new() { [Roles.Admin] = "admins" },
    };

    [Fact]
    public void Read_AllClaims_AreTaken()
    {
        var person = Read("""{"sub":"7","email":"a@example.test","email_verified":true,"groups":["staff","admins"]}""")!;

        (person.Email, person.IsEmailVerified, person.Role).ShouldBe(("a@example.test", true, Roles.Admin));
    }

    [Theory]
    [InlineData("""{"email":"a@example.test"}""")]
    [InlineData("""{"sub":""}""")]
    [InlineData("""{"sub":null}""")]
    [InlineData("""{"sub":{"id":1}}""")]
    [InlineData("""{"sub":["1","2"]}""")]
    [InlineData("""["sub"]""")]
    public void Read_NoSubject_IsNobody(string json) => Read(json).ShouldBeNull();

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"true\"", true)]
    [InlineData("false", false)]
    [InlineData("\"yes\"", false)]
    [InlineData("1", false)]
    [InlineData("null", false)]
    public void Read_EmailVerified_OnlyTrueCounts(string value, bool isVerified) =>
        Read($$"""{"sub":"7","email":"a@example.test","email_verified":{{value}}}""")!.IsEmailVerified.ShouldBe(isVerified);

    [Fact]
    public void Read_NothingSaidAboutTheEmail_IsTrustedOnlyIfConfigured()
    {
        const string json = """{"sub":"7","email":"a@example.test"}""";

        Read(json)!.IsEmailVerified.ShouldBeFalse();
        Read(json, new SingleSignOnOptions { TrustEmail = true })!.IsEmailVerified.ShouldBeTrue();
    }

    [Theory]
    [InlineData("realm_access.roles", """{"sub":"7","realm_access":{"roles":["admins"]}}""")]
    [InlineData("https://example.com/roles", """{"sub":"7","https://example.com/roles":"admins"}""")]
    [InlineData("a.b.c", """{"sub":"7","a":{"b.c":["admins"]}}""")]
    public void Read_RoleClaimInsideAnObject_IsFound(string claim, string json) =>
        Read(json, new SingleSignOnOptions { RoleClaim = claim, RoleValues = Options.RoleValues })!.Role.ShouldBe(Roles.Admin);

    [Theory]
    [InlineData("""{"sub":"7","groups":"staff"}""")]
    [InlineData("""{"sub":"7","groups":{"admins":true}}""")]
    [InlineData("""{"sub":"7","groups":[["admins"],null]}""")]
    [InlineData("""{"sub":"7","email":"not an address"}""")]
    public void Read_NothingThatFits_GivesNoRoleAndNoEmail(string json)
    {
        var person = Read(json)!;

        (person.Role, person.Email).ShouldBe((null, null));
    }

    [Fact]
    public void Read_SameSubjectAtAnotherProvider_IsSomebodyElse()
    {
        const string json = """{"sub":"7"}""";

        Read(json)!.Key.ShouldNotBe(Read(json, new SingleSignOnOptions { Authority = "https://other.example.com" })!.Key);
        Read(json)!.Key.ShouldBe(Read("""{"sub":7}""")!.Key);
        Read(json)!.Key.ShouldBe(Read(json, new SingleSignOnOptions { Authority = "https://id.example.com/" })!.Key);
    }

    [Fact]
    public void Read_ClaimOnlyInTheSecond_IsTakenFromThere()
    {
        using var first = JsonDocument.Parse("""{"sub":"7","email":"a@example.test","groups":[]}""");
        using var second = JsonDocument.Parse("""{"sub":"8","email":"b@example.test","email_verified":true,"groups":["admins"]}""");

        var person = SignOnIdentity.Read([first.RootElement, second.RootElement], Options)!;

        // What the second says of another email is not said of this one.
        (person.Email, person.IsEmailVerified, person.Role).ShouldBe(("a@example.test", false, Roles.Admin));
        person.Key.ShouldBe(Read("""{"sub":"7"}""")!.Key);
    }

    [Fact]
    public void From_OwnClaims_IsTheSame()
    {
        var person = Read("""{"sub":"7","email":"a@example.test","email_verified":true,"groups":"admins"}""")!;
        var bare = Read("""{"sub":"8"}""")!;

        SignOnIdentity.From(new ClaimsPrincipal(new ClaimsIdentity(person.ToClaims()))).ShouldBe(person);
        SignOnIdentity.From(new ClaimsPrincipal(new ClaimsIdentity(bare.ToClaims()))).ShouldBe(bare);
        SignOnIdentity.From(new ClaimsPrincipal(new ClaimsIdentity())).ShouldBeNull();
    }

    private static SignOnIdentity? Read(string json, SingleSignOnOptions? options = null)
    {
        using var document = JsonDocument.Parse(json);
        return SignOnIdentity.Read([document.RootElement], options ?? Options);
    }
}
