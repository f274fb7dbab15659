namespace Notify.Admin.WhereTo;

internal static class WhereToServiceCollectionExtensions
{
    /// <summary>Registers the answer to where an event would go.</summary>
    public static IServiceCollection AddWhereTo(this IServiceCollection services) => services.AddSingleton<WhereToService>();
}
