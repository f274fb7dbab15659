namespace Notify.Admin.Mail;

internal static class MailServiceCollectionExtensions
{
    /// <summary>Registers the way to the mail server, where configuration names one.</summary>
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection(SmtpOptions.Section).Get<SmtpOptions>() ?? new SmtpOptions();
        options.Validate();
        services.AddSingleton(options);
        services.AddSingleton<MailClient>();
        return services;
    }
}
