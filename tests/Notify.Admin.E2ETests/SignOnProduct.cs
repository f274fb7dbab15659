using Notify.Admin.Testing;

namespace Notify.Admin.E2ETests;

/// <summary>The program with single sign-on, and the provider it sends people to.</summary>
public class SignOnProduct : Product
{
    private TestIdentityProvider? _provider;

    internal TestIdentityProvider Provider => _provider ?? throw new InvalidOperationException("The provider is not up.");

    protected override IReadOnlyDictionary<string, string> Configuration => Provider.Configuration;

    public override async ValueTask InitializeAsync()
    {
        _provider = await TestIdentityProvider.StartAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        if (_provider is not null)
        {
            await _provider.DisposeAsync();
        }
    }
}
