using Notify.Admin.Accounts;
using Notify.Admin.Data;

namespace Notify.Admin.UnitTests.Accounts;

public class SetupOptionsTests
{
    private const string Email = "ada@example.test";
    private const string Password = "correct horse battery";

    [Fact]
    public void Validate_Nothing_IsAccepted() => new SetupOptions().Validate();

    [Fact]
    public void Validate_Everything_IsAccepted() => new SetupOptions
    {
        AdminEmail = Email,
        AdminPassword = Password,
        ApiKey = new string('k', 32),
        AccessKeyId = "testid",
        AccessKeySecret = "testsecret-0123456789",
    }.Validate();

    [Theory]
    [InlineData(Email, null, null, null, null, "Setup:AdminPassword is empty although Setup:AdminEmail is given.")]
    [InlineData(null, Password, null, null, null, "Setup:AdminEmail is empty although Setup:AdminPassword is given.")]
    [InlineData("ada", Password, null, null, null, "Setup:AdminEmail is 'ada', which is not an e-mail address.")]
    [InlineData(Email, "short-canary", null, null, null, null)]
    [InlineData(Email, "canary", null, null, null, "Setup:AdminPassword is too short. Use at least 12 characters.")]
    [InlineData(Email, "canarycanarycanary@canary", null, null, null, null)]
    [InlineData(Email, Password, "canary", null, null, "Setup:ApiKey has 6 characters. Use 32 to 256.")]
    [InlineData(Email, Password, "canary canary canary canary canary", null, null, "Setup:ApiKey holds a space")]
    [InlineData(Email, Password, null, "testid", null, "Setup:AccessKeySecret is empty")]
    [InlineData(Email, Password, null, null, "canary-0123456789", "Setup:AccessKeyId is empty")]
    [InlineData(Email, Password, null, "test id", "canary-0123456789", "Setup:AccessKeyId is 'test id'.")]
    [InlineData(Email, Password, null, "testid", "canary", "Setup:AccessKeySecret does not fit.")]
    [InlineData(null, null, "0123456789012345678901234567890123", null, null, "Setup:AdminEmail is empty although Setup:ApiKey is given.")]
    public void Validate_OneValue_NamesKeyAndMendButNoSecret(
        string? email, string? password, string? apiKey, string? accessKeyId, string? secret, string? expected)
    {
        var options = new SetupOptions { AdminEmail = email, AdminPassword = password, ApiKey = apiKey, AccessKeyId = accessKeyId,
            AccessKeySecret = secret };
        if (expected is null)
        {
            options.Validate();
            return;
        }

        var message = Should.Throw<StartupException>(options.Validate).Message;

        message.ShouldStartWith(expected);
        message.ShouldNotContain("canary");
    }
}
