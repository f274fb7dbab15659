using Microsoft.Extensions.Configuration;
using Notify.Admin.Accounts;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.UnitTests.Accounts;

public class SingleSignOnOptionsTests
{
    [Fact]
    public void Validate_NothingGiven_IsOff()
    {
        var options = new SingleSignOnOptions();

        options.Validate();

        options.IsOn.ShouldBeFalse();
    }

    [Fact]
    public void Validate_Complete_Passes() => Complete().Validate();

    [Fact]
    public void Validate_OnlyAClient_NamesEverythingThatIsMissing()
    {
        var message = Should.Throw<StartupException>(new SingleSignOnOptions { ClientId = "notify" }.Validate).Message;

        message.ShouldContain("SingleSignOn:Authority");
        message.ShouldContain("SingleSignOn:ClientSecret");
        message.ShouldContain("SingleSignOn:RoleValues");
        message.ShouldNotContain("\n");
    }

    [Theory]
    [InlineData("http://id.example.com/token")]
    [InlineData("id.example.com/token")]
    [InlineData("file:///token")]
    public void Validate_AddressThatIsNotSafe_IsRefused(string address)
    {
        var options = Complete();
        options.Authority = address;

        var message = Should.Throw<StartupException>(options.Validate).Message;

        message.ShouldBe($"SingleSignOn:Authority is '{address}'. Give an https address (http only on this machine).");
    }

    [Fact]
    public void Validate_ScopesWithoutOpenid_IsRefused()
    {
        var options = Complete();
        options.Scopes = "email profile";

        Should.Throw<StartupException>(options.Validate).Message.ShouldStartWith("SingleSignOn:Scopes is 'email profile'");
    }

    [Fact]
    public void Read_KeysFromBeforeDiscovery_NamesTheNewOne()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["SingleSignOn:ClientId"] = "notify", ["SingleSignOn:TokenEndpoint"] = "https://id.example.com/token",
        }).Build();

        Should.Throw<StartupException>(() => SingleSignOnOptions.Read(configuration)).Message
            .ShouldStartWith("SingleSignOn:TokenEndpoint: not read any more. Set SingleSignOn:Authority");
    }

    [Fact]
    public void Validate_RoleThatIsNone_IsNamed()
    {
        var options = Complete();
        options.RoleValues["Owner"] = "owners";

        Should.Throw<StartupException>(options.Validate).Message.ShouldStartWith("SingleSignOn:RoleValues:Owner");
    }

    [Fact]
    public void Validate_NoLocalAccountsAndNoProvider_IsRefused() =>
        Should.Throw<StartupException>(new SingleSignOnOptions { LocalAccounts =
            false }.Validate).Message.ShouldContain("nobody could log in");

    [Theory]
    [InlineData("admins", Roles.Admin)]
    [InlineData("staff,admins,soc", Roles.Admin)]
    [InlineData("on-call", Roles.Operator)]
    [InlineData("staff", Roles.Viewer)]
    [InlineData("Admins", null)]
    [InlineData("admins ", null)]
    [InlineData("", null)]
    public void RoleOf_Values_GiveTheHighestRole(string values, string? role) => Complete().RoleOf(values.Split(',')).ShouldBe(role);

    private static SingleSignOnOptions Complete() => new()
    {
        ClientId = "notify",
        ClientSecret = "secret",
        Authority = "http://localhost:9/realm",
        RoleValues = new() { [Roles.Viewer] = "staff", [Roles.Operator] = "soc, on-call", [Roles.Admin] = "admins" },
    };
}
