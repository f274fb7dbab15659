using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Accounts;

public class StartTests
{
    [Theory]
    [InlineData("Setup:AdminEmail=a@b.test Setup:AdminPassword=canary", "Setup:AdminPassword is too short. Use at least 12 characters.")]
    [InlineData("Setup:AdminEmail=a@b.test", "Setup:AdminPassword is empty although Setup:AdminEmail is given. Give both, or neither.")]
    [InlineData("Api:Enabled=maybe", "Api:Enabled is 'maybe', which is not true or false.")]
    [InlineData("Api:RequestsPerSecondPerKey=0", "Api:RequestsPerSecondPerKey is '0': give a whole number from 1 to 100000.")]
    public async Task Start_BadValue_EndsWithOneLineThatNamesTheKey(string settings, string expected)
    {
        await using var process = NotifyAdminProcess.Start(settings.Split(' ').Select(setting => setting.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1]));

        (await process.ExitAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
        process.Errors.Trim().ShouldBe($"Notify.Admin cannot start: {expected}");
    }
}
